namespace TerritoireCollab.Platform.Mail;

/// <summary>The header fields by which people and programs sort our mails: the same set on every kind, so that a filter misses none.</summary>
public sealed record MailSorting
{
    /// <summary>Why it is sent, in one word: <c>mention</c>, <c>abonnement</c>, <c>invitation</c>, <c>compte</c>…</summary>
    public required string Reason { get; init; }

    /// <summary>Name of the list, which may have accents: the group, or the platform.</summary>
    public required string ListName { get; init; }

    /// <summary>First part of the list's identifier: letters, digits, hyphens.</summary>
    public required string ListKey { get; init; }

    /// <summary>Where what is sent can be read.</summary>
    public required Uri Archive { get; init; }

    // No group's address is a hyphen alone.
    private const string NoGroup = "-";

    /// <summary>Address of the group, when it comes from one.</summary>
    public string? GroupSlug { get; init; }

    /// <summary>What stops such mails at one click (RFC 8058); none for what is not optional.</summary>
    public Uri? Unsubscribe { get; init; }

    /// <summary>Whether it answers a mail (RFC 3834, section 5), rather than coming by itself.</summary>
    public bool IsAnswer { get; init; }

    /// <summary>Those of a mail that comes from a group.</summary>
    /// <param name="reason">Why it is sent, in one word.</param>
    /// <param name="name">Name of the group.</param>
    /// <param name="slug">Its address.</param>
    /// <param name="platform">Where the platform is.</param>
    /// <param name="stop">What stops such mails at one click, or null.</param>
    public static MailSorting OfGroup(string reason, string name, string slug, PlatformOptions platform, Uri? stop = null)
    {
        ArgumentNullException.ThrowIfNull(platform);
        return new() { Reason = reason, ListName = name, ListKey = "groupe-" + slug, Archive = platform.Absolute("/groupes/" + slug), GroupSlug = slug, Unsubscribe = stop };
    }

    /// <summary>The fields, as <see cref="MailRow.Headers"/> takes them.</summary>
    public string Write(MailOptions options)
    {
        List<string> fields = [$"List-Id: {OneLine(ListName).Replace('|', ' ')}|{ListKey}.{options.ReplyDomain}", $"List-Archive: <{Archive.AbsoluteUri}>"];
        if (Unsubscribe is not null) fields.AddRange([$"List-Unsubscribe: <{Unsubscribe.AbsoluteUri}>", "List-Unsubscribe-Post: List-Unsubscribe=One-Click"]);
        fields.Add($"X-Territoire-Raison: {Reason}");
        fields.Add($"X-Territoire-Groupe: {GroupSlug ?? NoGroup}");
        // RFC 3834, section 5: vacation notices do not answer.
        fields.AddRange([IsAnswer ? "Auto-Submitted: auto-replied" : "Auto-Submitted: auto-generated", "X-Auto-Response-Suppress: All"]);
        if (Unsubscribe is not null) fields.Add("Precedence: list");
        return string.Join('\n', fields);
    }

    /// <summary>Text that may stand in a header field: no line end, no control character.</summary>
    public static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).Trim();
}
