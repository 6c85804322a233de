using System.Text.RegularExpressions;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Mail;

namespace TerritoireCollab.Gateway.Treating;

/// <summary>
/// Takes out of a text what only its sender may use: links of our mails that act without signing in, and addresses with a key. They stand in
/// what mail programs quote, which others are going to read.
/// </summary>
internal sealed partial class OwnLinks(PlatformOptions platform)
{
    private const int ShortestSecret = 30;

    /// <summary>The text without them.</summary>
    public string Without(string text) => Links().Replace(Keys().Replace(text, "$1@"), Replaced);

    private string Replaced(Match match)
    {
        if (!Uri.TryCreate(match.Value, UriKind.Absolute, out var link) || !link.Host.Equals(platform.BaseUrl.Host, StringComparison.OrdinalIgnoreCase)) return match.Value;

        // Titles stand in addresses too, with words between hyphens; what was sealed or drawn by lot has none that long.
        var isSecret = link.Segments.Select(s => s.Trim('/')).Any(s => s.Length >= ShortestSecret && (s.StartsWith("CfDJ8", StringComparison.Ordinal) || !s.Contains('-', StringComparison.Ordinal)));
        return isSecret ? platform.BaseUrl.AbsoluteUri : match.Value;
    }

    [GeneratedRegex(@"https?://[^\s<>""\])]+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Links();

    [GeneratedRegex($@"({MailAddresses.Answers}|{MailAddresses.Bounces}|{MailAddresses.Unsubscriptions})\+[a-z2-7]{{26}}(?:-[0-9]+)?(?:@|%40)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Keys();
}
