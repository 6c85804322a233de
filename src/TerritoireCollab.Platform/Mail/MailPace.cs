using System.Collections.Frozen;

namespace TerritoireCollab.Platform.Mail;

/// <summary>
/// How many mails a provider gets within a minute: the big ones slow down or refuse whoever sends faster. Counted in this process alone. A folder
/// is no provider.
/// </summary>
public sealed class MailPace
{
    private const int Gentle = 60;
    private const int Large = 120;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    // Host parts that are one provider.
    private static readonly (int Rate, string[] Domains)[] Families =
    [
        (Gentle, ["orange.fr", "wanadoo.fr"]),
        (Gentle, ["sfr.fr", "neuf.fr", "cegetel.net", "club-internet.fr"]),
        (Gentle, ["free.fr", "libertysurf.fr", "aliceadsl.fr"]),
        (Gentle, ["laposte.net"]),
        (Gentle, ["bbox.fr"]),
        (Gentle, ["yahoo.fr", "yahoo.com", "ymail.com"]),
        (Large, ["gmail.com", "googlemail.com"]),
        (Large, ["outlook.fr", "outlook.com", "hotmail.fr", "hotmail.com", "live.fr", "live.com", "msn.com"]),
    ];

    private readonly FrozenDictionary<string, Provider> _providers;
    private readonly TimeProvider _clock;

    /// <summary>The usual pace, with what the administrator chose instead.</summary>
    public MailPace(MailOptions options, TimeProvider clock)
    {
        _clock = clock;
        var providers = new Dictionary<string, Provider>(StringComparer.Ordinal);
        if (options.Transport == MailTransportKind.Smtp)
        {
            foreach (var (rate, domains) in Families)
            {
                var provider = new Provider(rate, domains);
                foreach (var domain in domains) providers[domain] = provider;
            }

            foreach (var (domain, rate) in options.Rates) Choose(providers, domain.ToLowerInvariant(), rate);
        }

        _providers = providers.ToFrozenDictionary();
    }

    /// <summary>Mails a minute to that host part when nobody chose otherwise; zero is no limit.</summary>
    public static int Usual(string domain) => Families.FirstOrDefault(f => f.Domains.Contains(domain)).Rate;

    /// <summary>Counts one mail to that host part, if one may leave now.</summary>
    public bool TryTake(string domain)
    {
        if (!_providers.TryGetValue(domain, out var provider)) return true;

        lock (provider)
        {
            if (Wait(provider) > TimeSpan.Zero) return false;

            provider.Sent.Enqueue(Now());
            return true;
        }
    }

    /// <summary>Host parts that get nothing for now.</summary>
    public IReadOnlyList<string> Exhausted() => [.. Providers().Where(p => Locked(p, Wait) > TimeSpan.Zero).SelectMany(p => p.Domains)];

    /// <summary>How long until one of those that get nothing for now may get one again; null when there is none.</summary>
    public TimeSpan? UntilNext()
    {
        var waits = Providers().Select(p => Locked(p, Wait)).Where(w => w > TimeSpan.Zero).ToList();
        return waits.Count == 0 ? null : waits.Min();
    }

    // Whoever names a provider by one of its host parts means it as a whole.
    private static void Choose(Dictionary<string, Provider> providers, string domain, int rate)
    {
        string[] domains = providers.TryGetValue(domain, out var known) ? known.Domains : [domain];
        var provider = new Provider(rate, domains);
        foreach (var name in domains)
        {
            if (rate == 0) providers.Remove(name);
            else providers[name] = provider;
        }
    }

    private IEnumerable<Provider> Providers() => _providers.Values.Distinct();

    private TimeSpan Wait(Provider provider)
    {
        var since = Now() - Window;
        while (provider.Sent.TryPeek(out var first) && first <= since) provider.Sent.Dequeue();
        return provider.Sent.Count < provider.Rate ? TimeSpan.Zero : provider.Sent.Peek() - since;
    }

    private static T Locked<T>(Provider provider, Func<Provider, T> ask)
    {
        lock (provider) return ask(provider);
    }

    private DateTime Now() => _clock.GetUtcNow().UtcDateTime;

    private sealed class Provider(int rate, string[] domains)
    {
        public int Rate => rate;
        public string[] Domains => domains;
        public Queue<DateTime> Sent { get; } = new();
    }
}
