namespace TerritoireCollab.Platform.Fetching;

/// <summary>The way from the address asked for to the one that answers.</summary>
internal sealed class RedirectWalk(Uri origin, FetchOptions options)
{
    private readonly Uri _start = origin;
    private readonly HashSet<string> _seen = [origin.IsAbsoluteUri ? Bare(origin).AbsoluteUri : origin.OriginalString];
    private Uri _answered = origin;
    private Uri? _permanent;
    private bool _isUnbroken = true;
    private int _steps;

    /// <summary>Where it stands.</summary>
    public Uri Address { get; private set; } = origin;

    /// <summary>Whether it is still at the host that the caller meant: what the caller sends along is for that one.</summary>
    public bool IsAtOrigin { get; private set; } = true;

    /// <summary>The address has answered.</summary>
    public void Answered() => _answered = Address;

    /// <summary>Whether an answer is followed: a post only where the server wants the same post again (RFC 9110, 15.4).</summary>
    public bool Follows(HttpResponseMessage answer, FetchRequest request) => request.IsRead || (int)answer.StatusCode is 307 or 308;

    /// <summary>Goes to the next address; the end of the walk when there is no next one.</summary>
    public FetchResult? Step(HttpResponseMessage answer)
    {
        if (++_steps > options.MaxRedirects) return End(FetchOutcome.TooManyRedirects);
        if (AnswerHeaders.Address(answer.Headers, "Location", Address) is not { } target) return End(FetchOutcome.BadAnswer);
        if (target.Scheme is not ("http" or "https")) return End(FetchOutcome.RefusedAddress);

        // What was asked under protection is not read without.
        var next = Bare(target);
        if (Address.Scheme == "https" && next.Scheme == "http") return End(FetchOutcome.RefusedAddress);
        if (!_seen.Add(next.AbsoluteUri)) return End(FetchOutcome.TooManyRedirects);

        _isUnbroken &= (int)answer.StatusCode is 301 or 308;
        if (_isUnbroken) _permanent = next;
        IsAtOrigin &= Uri.Compare(_start, next, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) == 0;
        Address = next;
        return null;
    }

    /// <summary>The end of the walk. A move for good is told only by an answer: nobody moves to where nothing is.</summary>
    public FetchResult End(FetchOutcome outcome) => new(outcome)
    {
        FinalAddress = _answered,
        PermanentAddress = outcome is FetchOutcome.Ok or FetchOutcome.NotModified ? _permanent : null,
    };

    private static Uri Bare(Uri address) => address.Fragment.Length > 0 ? new UriBuilder(address) { Fragment = "" }.Uri : address;
}
