using System.Text.RegularExpressions;

namespace TerritoireCollab.Testing;

/// <summary>Gestures of a browser whose form a test does not look for.</summary>
public static partial class Gestures
{
    /// <summary>Posts to <paramref name="action"/> with the antiforgery token of <paramref name="page"/>, as its buttons do; follows no redirect.</summary>
    public static async Task<HttpResponseMessage> GestureAsync(this HttpClient browser, string page, string action, params (string Name, string Value)[] fields)
    {
        var token = Token().Match(await browser.GetStringAsync(page)).Groups[1].Value;
        if (token.Length == 0) throw new InvalidOperationException($"{page} has no form.");

        using var form = new FormUrlEncodedContent([.. fields.Select(f => KeyValuePair.Create(f.Name, f.Value)), new("__RequestVerificationToken", token)]);
        return await browser.PostAsync(action, form);
    }

    [GeneratedRegex("__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
