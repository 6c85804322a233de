using System.Globalization;

namespace TerritoireCollab.Mime.Smtp;

/// <summary>What a server offers in its answer to EHLO.</summary>
internal sealed record SmtpCapabilities
{
    public static SmtpCapabilities None { get; } = new();

    public bool Pipelining { get; private init; }

    public bool StartTls { get; private init; }

    public bool EightBitMime { get; private init; }

    public bool SmtpUtf8 { get; private init; }

    /// <summary>Whether MAIL may carry SIZE (RFC 1870).</summary>
    public bool Size { get; private init; }

    /// <summary>The largest message in octets; null when not stated or stated as 0, "no fixed limit".</summary>
    public long? LargestMessage { get; private init; }

    public IReadOnlyList<string> AuthenticationMechanisms { get; private init; } = [];

    public static SmtpCapabilities Parse(SmtpReply reply)
    {
        // The first line is the server's own name.
        var lines = reply.Text.ToUpperInvariant().Split('\n')[1..]
            .Select(line => line.Split([' ', '='], StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words.Length > 0)
            .ToLookup(words => words[0], words => words[1..]);
        var size = lines["SIZE"].FirstOrDefault();
        return new SmtpCapabilities
        {
            Pipelining = lines.Contains("PIPELINING"),
            StartTls = lines.Contains("STARTTLS"),
            EightBitMime = lines.Contains("8BITMIME"),
            SmtpUtf8 = lines.Contains("SMTPUTF8"),
            Size = size is not null,
            LargestMessage = size is [var limit, ..] && long.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out var octets) && octets > 0
                ? octets
                : null,
            AuthenticationMechanisms = [.. lines["AUTH"].SelectMany(mechanisms => mechanisms).Distinct()],
        };
    }
}
