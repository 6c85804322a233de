using System.Diagnostics;

namespace TerritoireCollab.Documents.Tests.Writing;

/// <summary>LibreOffice, where it is installed: a reader that is not ours. Tests that need it skip elsewhere.</summary>
public sealed class LibreOffice : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("territoire-office").FullName;

    /// <summary>Opens documents and writes them as another format: their text by the name of the file.</summary>
    /// <param name="format">As soffice names it: txt:Text, html, pdf, csv.</param>
    /// <param name="documents">Documents by the name of their file.</param>
    internal async Task<Dictionary<string, byte[]>> ConvertAsync(string format, params (string Name, MemoryStream Content)[] documents)
    {
        if (FindProgram() is not { } program)
        {
            Assert.Skip("skipped: not here");
            return [];
        }

        var output = Directory.CreateDirectory(Path.Combine(_folder, Path.GetRandomFileName())).FullName;
        foreach (var (name, content) in documents) await File.WriteAllBytesAsync(Path.Combine(output, name), content.ToArray(), TestContext.Current.CancellationToken);

        // A profile of its own: one that stands open on the machine would answer instead, and do nothing.
        string[] arguments = [$"-env:UserInstallation=file://{_folder}/profile", "--headless", "--convert-to", format, "--outdir", output, .. documents.Select(d => Path.Combine(output, d.Name))];
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var said = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, errors + await said);

        var extension = "." + format.Split(':')[0];
        return documents.ToDictionary(d => d.Name, d => File.ReadAllBytes(Path.Combine(output, Path.ChangeExtension(d.Name, extension))));
    }

    /// <summary>Removes what was written.</summary>
    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string? FindProgram() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, "soffice")).FirstOrDefault(File.Exists);
}
