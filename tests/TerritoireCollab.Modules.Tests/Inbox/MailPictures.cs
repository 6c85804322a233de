namespace TerritoireCollab.Modules.Tests.Inbox;

/// <summary>Mails for the eye: written as pages and texts into the folder that <c>TERRITOIRE_MAILS</c> names, and nowhere without it.</summary>
internal static class MailPictures
{
    /// <summary>Writes them, numbered in their order.</summary>
    /// <param name="series">Where they come from.</param>
    /// <param name="mails">Name and mail.</param>
    public static async Task WriteAsync(string series, IEnumerable<(string Name, ReceivedMail Mail)> mails)
    {
        if (Environment.GetEnvironmentVariable("TERRITOIRE_MAILS") is not { Length: > 0 } folder) return;

        Directory.CreateDirectory(folder);
        foreach (var (number, (name, mail)) in mails.Index())
        {
            var path = Path.Combine(folder, $"{series}-{number:00}-{name}");
            await File.WriteAllTextAsync(path + ".html", mail.Html);
            await File.WriteAllTextAsync(path + ".txt", $"{mail.Subject}\n\n{mail.Text}");
        }
    }
}
