using System.Diagnostics;
using System.Text;

namespace TerritoireCollab.Documents.Tests;

/// <summary>A program of a name that does what a test needs, and writes down its number.</summary>
internal sealed class FakeProgram : IDisposable
{
    private readonly string _name;

    public FakeProgram(string script, string name = "pdftotext")
    {
        _name = name;
        Path = Directory.CreateTempSubdirectory("territoire-pdf").FullName;
        var file = System.IO.Path.Combine(Path, name);
        File.WriteAllText(file, $"#!/bin/sh\necho $$ > \"$0.pid.new\"; mv \"$0.pid.new\" \"$0.pid\"\n{script}\n");
        Assert.SkipWhen(OperatingSystem.IsWindows(), "skipped: not here");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public string Path { get; }

    public bool HasRun => File.Exists(Number);

    private string Number => System.IO.Path.Combine(Path, _name + ".pid");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async Task HasStartedAsync()
    {
        while (!HasRun) await Task.Delay(5, Cancellation);
    }

    public async Task<bool> IsOverAsync()
    {
        // Ended before it came to say its number.
        if (!HasRun) return true;

        var number = int.Parse(await File.ReadAllTextAsync(Number, Cancellation), System.Globalization.CultureInfo.InvariantCulture);
        try
        {
            using var process = Process.GetProcessById(number);
            await process.WaitForExitAsync(Cancellation).WaitAsync(TimeSpan.FromSeconds(10), Cancellation);
            return true;
        }
        catch (ArgumentException)
        {
            return true;
        }
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

/// <summary>The least that is a PDF: a page for each text, in Helvetica.</summary>
internal static class LeastPdf
{
    public static byte[] Of(params string[] pages)
    {
        var file = new StringBuilder("%PDF-1.4\n");
        var offsets = new List<int>();
        void Add(string content)
        {
            offsets.Add(file.Length);
            file.Append(offsets.Count).Append(" 0 obj\n").Append(content).Append("\nendobj\n");
        }

        Add("<< /Type /Catalog /Pages 2 0 R >>");
        Add($"<< /Type /Pages /Count {pages.Length} /Kids [{string.Join(' ', pages.Select((_, i) => $"{4 + i * 2} 0 R"))}] >>");
        Add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
        foreach (var (index, text) in pages.Index())
        {
            var drawing = $"BT /F1 12 Tf 72 700 Td ({text}) Tj ET";
            Add($"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents {5 + index * 2} 0 R >>");
            Add($"<< /Length {drawing.Length} >>\nstream\n{drawing}\nendstream");
        }

        var start = file.Length;
        file.Append("xref\n0 ").Append(offsets.Count + 1).Append("\n0000000000 65535 f \n");
        foreach (var offset in offsets) file.Append(offset.ToString("0000000000", System.Globalization.CultureInfo.InvariantCulture)).Append(" 00000 n \n");
        file.Append("trailer\n<< /Size ").Append(offsets.Count + 1).Append(" /Root 1 0 R >>\nstartxref\n").Append(start).Append("\n%%EOF\n");
        return Encoding.ASCII.GetBytes(file.ToString());
    }
}
