using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Fetching;

namespace TerritoireCollab.Platform.Modules;

/// <summary>A page of the web on its way in: from the sheet « Partager » of a phone, a button of the browser, or another tool.</summary>
public sealed record SharedPage
{
    /// <summary>Its address; null when there is none.</summary>
    public string? Address { get; init; }

    /// <summary>Its title.</summary>
    public string? Title { get; init; }

    /// <summary>What was selected on it.</summary>
    public string? Quote { get; init; }

    /// <summary>What a phone says beside the address, which may be a passage or the sharer's own words; null where something was selected.</summary>
    public string? Said { get; init; }

    /// <summary>Why it matters, in the words of whoever brings it.</summary>
    public string? Why { get; init; }

    /// <summary>What a phone shares: it often puts the address into the text.</summary>
    public static SharedPage Of(string? address, string? title, string? text, string? quote)
    {
        var found = string.IsNullOrWhiteSpace(address) ? PageAddress.FirstIn(text) : address;
        var rest = string.IsNullOrWhiteSpace(address) && found is not null ? text!.Replace(found, "", StringComparison.Ordinal) : text;
        return new() { Address = found, Title = title, Quote = string.IsNullOrWhiteSpace(quote) ? rest : quote, Said = string.IsNullOrWhiteSpace(quote) ? rest : null };
    }

    /// <summary>An address with what is said of the page after it; what is empty stays away, and what is long is cut.</summary>
    public static string With(string path, params (string Name, string? Value)[] said)
    {
        var query = string.Join('&', said.Where(s => !string.IsNullOrWhiteSpace(s.Value)).Select(s => $"{s.Name}={Uri.EscapeDataString(Cut(s.Value!.Trim()))}"));
        return query.Length == 0 ? path : $"{path}?{query}";
    }

    private static string Cut(string value)
    {
        if (value.Length <= PageAddress.MaxLength) return value;

        // Never between the halves of one sign.
        return value[..(char.IsHighSurrogate(value[PageAddress.MaxLength - 1]) ? PageAddress.MaxLength - 1 : PageAddress.MaxLength)];
    }
}

/// <summary>What a tool makes of a page of the web that is shared to the platform. One class a tool at most, found by injection.</summary>
public interface IShareTarget
{
    /// <summary>The right to make it.</summary>
    Permission Create { get; }

    /// <summary>What is done with the page, no group said: « Proposer à la veille ».</summary>
    string Name { get; }

    /// <summary>Where one does it and chooses the group, from the root.</summary>
    string Start(SharedPage page);

    /// <summary>What is done with the page in a group: « Proposer à la veille de … ».</summary>
    string NameIn(string groupName);

    /// <summary>The form of a group, filled in; from the root.</summary>
    string Address(string groupSlug, SharedPage page);
}
