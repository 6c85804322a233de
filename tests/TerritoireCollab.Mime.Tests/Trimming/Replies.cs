using TerritoireCollab.Mime.Trimming;
using Xunit;

namespace TerritoireCollab.Mime.Tests.Trimming;

/// <summary>An answer as people write it above what they answer, in the forms the layouts take.</summary>
internal static class Replies
{
    public const string Answer = "Merci, c’est noté.\n\nÀ jeudi.";

    public const string Original = "Bonjour,\n\nLa réunion aura lieu à Exempleville.\n\nL’animatrice";

    public static string Quoted(string text) => string.Join("\n", text.Split('\n').Select(line => line.Length == 0 ? ">" : "> " + line));

    /// <summary>Asserts that a layout leaves the answer alone, and that the rest is kept aside.</summary>
    public static void AssertAnswer(string mail, string expected = Answer)
    {
        var reply = ReplyTrimmer.Trim(mail);

        Assert.Equal(expected, reply.Text);
        Assert.NotEmpty(reply.Elided);
        Assert.Equal(expected, ReplyTrimmer.Trim(mail.Replace("\n", "\r\n", StringComparison.Ordinal)).Text);
    }
}
