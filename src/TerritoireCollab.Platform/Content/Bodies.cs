using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Platform.Content;

/// <summary>
/// Turns what somebody typed into safe HTML, once, when it is written: mentions become links to members, short identifiers links to
/// contents. The links show nothing of what they lead to, so one rendering serves every reader.
/// </summary>
public sealed class Bodies
{
    /// <summary>Version of the rendering; raised when Markdown, sanitiser or links change, so that stored HTML is rendered again when read.</summary>
    public const int Renderer = 1;

    /// <summary>Longest text, in characters.</summary>
    public const int MaxLength = RichText.MaxLength;

    /// <summary>Breaks a rule for each thing wrong with a text.</summary>
    public static void Check(Rules rules, string? body, string field)
    {
        rules.Text(body, field, MaxLength);
        if (body is { Length: > 0 and <= MaxLength }) rules.Check(RichText.Check(body) != RichTextCheck.TooComplex, field, PlatformTexts.TextTooComplex);
    }

    /// <summary>The sanitised HTML of <paramref name="markdown"/> and the members it mentions.</summary>
    public async Task<RenderedBody> RenderAsync(AppDbContext db, string markdown, CancellationToken cancellation)
    {
        var handles = RichText.FindMentions(markdown);
        var references = RichText.FindReferences(markdown);
        if (handles.Length == 0 && references.Length == 0) return new(RichText.Render(markdown, RichTextContext.Empty), Renderer, []);

        var members = handles.Length == 0 ? [] : await db.Members
            .Where(m => handles.Contains(m.Handle) && m.State == MemberState.Active)
            .Select(m => new { m.Id, m.Handle, m.Name }).ToListAsync(cancellation);
        var context = new RichTextContext
        {
            Mentions = members.ToDictionary(m => m.Handle, m => new MentionTarget(m.Name, "/annuaire/" + m.Handle)),
            References = references.ToDictionary(id => id, id => new ReferenceTarget("#" + id, "/c/" + id)),
        };
        return new(RichText.Render(markdown, context), Renderer, [.. members.Select(m => m.Id)]);
    }
}

/// <summary>A text rendered.</summary>
/// <param name="Html">Sanitised HTML.</param>
/// <param name="Renderer">Version of the renderer that made it.</param>
/// <param name="Mentioned">Members mentioned.</param>
public sealed record RenderedBody(string Html, int Renderer, IReadOnlyList<Guid> Mentioned);
