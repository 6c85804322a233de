using System.Text;

namespace TerritoireCollab.Web.Tests.Conformance;

/// <summary>Files, sent as the parts of a form.</summary>
public sealed record FileDriver : KindDriver
{
    /// <inheritdoc />
    public override string Kind => "files.file";

    /// <inheritdoc />
    public override string Collection => "files";

    /// <inheritdoc />
    public override string Tool => "fichiers";

    /// <inheritdoc />
    public override object Posted(string title, string body, string? audience = null) => new { title, body, audience };

    /// <inheritdoc />
    public override HttpContent Sent(string title, string body, string? audience = null)
    {
        var parts = new MultipartFormDataContent { { new StringContent(title, Encoding.UTF8), "title" }, { new StringContent(body, Encoding.UTF8), "body" } };
        if (audience is not null) parts.Add(new StringContent(audience), "audience");
        parts.Add(new ByteArrayContent(Encoding.UTF8.GetBytes($"Contenu {Guid.NewGuid():N}")), "file", "note.txt");
        return parts;
    }
}
