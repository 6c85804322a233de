using System.Text;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Members.Resources;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Settings;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Members.Accounts;

/// <summary>
/// What a new password must be: long, and something else than the words that come to mind here first (ASVS 6.2.1, 6.2.4, 6.2.11). No kind
/// of character is asked for (ASVS 6.2.5).
/// </summary>
internal sealed class PasswordRules(AppDb database, PlatformSettings settings)
{
    /// <summary>Least length, in characters.</summary>
    public const int Shortest = 12;

    // What is left once the known words are gone, and different characters overall.
    private const int LeastLeft = 6;
    private const int LeastDistinct = 5;
    private const int LeastWord = 4;

    /// <summary>What is wrong with <paramref name="password"/>, in a sentence, or null.</summary>
    /// <param name="password">As typed.</param>
    /// <param name="own">Words of the person: name, address, organisation.</param>
    /// <param name="cancellation">Stops.</param>
    public async Task<string?> FaultAsync(string? password, IEnumerable<string?> own, CancellationToken cancellation)
    {
        if (string.IsNullOrEmpty(password)) return MembersTexts.PasswordMissing;
        if (password.Length < Shortest) return MembersTexts.PasswordTooShort.With(Shortest);
        if (password.Length > SignIn.LongestPassword) return MembersTexts.PasswordTooLong.With(SignIn.LongestPassword);

        return IsGuessable(password, [.. await LocalWordsAsync(cancellation), .. own.SelectMany(Words)]) ? MembersTexts.PasswordGuessable : null;
    }

    /// <summary>Whether little is left of the password without known words.</summary>
    public static bool IsGuessable(string password, IReadOnlyCollection<string> words)
    {
        var left = Plain(password);
        if (left.Distinct().Count() < LeastDistinct) return true;

        foreach (var word in words.OrderByDescending(w => w.Length).Concat(CommonPasswords.Parts)) left = left.Replace(word, "", StringComparison.Ordinal);
        return left.Length < LeastLeft || left.Distinct().Count() < LeastDistinct - 1;
    }

    /// <summary>Words of at least four letters in a text, folded.</summary>
    public static IEnumerable<string> Words(string? text) =>
        FoldedName.Of(text, 300).Split([.. FoldedName.Of(text, 300).Where(c => !char.IsAsciiLetterOrDigit(c)).Distinct()], StringSplitOptions.RemoveEmptyEntries)
            .Where(w => w.Length >= LeastWord).Distinct();

    // Group names are read whatever the visibility: they only make a refusal that does not tell which word it was for.
    private async Task<IEnumerable<string>> LocalWordsAsync(CancellationToken cancellation)
    {
        var choices = await settings.ReadAsync(cancellation);
        await using var db = database.Open(Viewer.System);
        var groups = await db.Groups.Select(g => g.Name).ToListAsync(cancellation);
        var communes = await db.Organisations.Where(o => o.Commune != null).Select(o => o.Commune).Distinct().ToListAsync(cancellation);
        return groups.Concat(communes).Append(choices.Name).Append(choices.Territory).Append("territoirecollab").SelectMany(Words).Distinct();
    }

    private static string Plain(string password)
    {
        var plain = new StringBuilder(password.Length);
        foreach (var letter in FoldedName.Of(password, 400))
            if (!char.IsWhiteSpace(letter)) plain.Append(letter);
        return plain.ToString();
    }
}
