using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Members.Resources;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Attachments;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Files;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Members.Profiles;

/// <summary>The viewer's profile as edited.</summary>
internal sealed record ProfileInput
{
    /// <summary>Name.</summary>
    public string? Name { get; init; }
    /// <summary>Function.</summary>
    public string? Function { get; init; }
    /// <summary>Commune.</summary>
    public string? Commune { get; init; }
    /// <summary>Telephone number.</summary>
    public string? Phone { get; init; }
    /// <summary>Presentation, in Markdown.</summary>
    public string? Presentation { get; init; }
    /// <summary>To whom the function is shown.</summary>
    public FieldVisibility FunctionVisibility { get; init; }
    /// <summary>To whom the commune is shown.</summary>
    public FieldVisibility CommuneVisibility { get; init; }
    /// <summary>To whom the number is shown.</summary>
    public FieldVisibility PhoneVisibility { get; init; }
    /// <summary>To whom the address is shown.</summary>
    public FieldVisibility EmailVisibility { get; init; }
    /// <summary>To whom the presentation is shown.</summary>
    public FieldVisibility PresentationVisibility { get; init; }
    /// <summary>To whom the photo is shown.</summary>
    public FieldVisibility PhotoVisibility { get; init; }
    /// <summary>A new photo, or null.</summary>
    public byte[]? Photo { get; init; }
    /// <summary>Whether the photo is taken away.</summary>
    public bool RemovePhoto { get; init; }
}

/// <summary>Reads and changes the viewer's own profile.</summary>
internal sealed class EditProfile(AppDb database, FileStore store, NewMembers newMembers, TimeProvider clock)
{
    /// <summary>Longest presentation, in characters.</summary>
    public const int LongestPresentation = 4000;

    /// <summary>The viewer's row, to fill the form.</summary>
    public async Task<Member> ReadAsync(Viewer viewer, CancellationToken cancellation)
    {
        await using var db = database.Open(viewer);
        return await db.Members.AsNoTracking().FirstOrDefaultAsync(m => m.Id == viewer.MemberId, cancellation) ?? throw new NotFoundException();
    }

    /// <summary>Saves the whole profile.</summary>
    /// <exception cref="InvalidInputException">No name, a text too long, a number that is none, or a photo that cannot be used.</exception>
    public async Task ExecuteAsync(Viewer viewer, ProfileInput input, CancellationToken cancellation)
    {
        Check(input);
        var photo = Cleaned(input.Photo);
        await using var db = database.Open(viewer);
        var member = await db.Members.FirstOrDefaultAsync(m => m.Id == viewer.MemberId, cancellation) ?? throw new NotFoundException();
        (member.Name, member.FoldedName) = (input.Name!.Trim(), FoldedName.Of(input.Name));
        (member.Function, member.Commune, member.PhoneNumber) = (Trimmed(input.Function), Trimmed(input.Commune), Trimmed(input.Phone));
        member.Presentation = string.IsNullOrWhiteSpace(input.Presentation) ? null : input.Presentation;
        (member.FunctionVisibility, member.CommuneVisibility, member.PhoneVisibility) = (input.FunctionVisibility, input.CommuneVisibility, input.PhoneVisibility);
        (member.EmailVisibility, member.PresentationVisibility, member.PhotoVisibility) = (input.EmailVisibility, input.PresentationVisibility, input.PhotoVisibility);
        if (photo is not null) await SetPhotoAsync(db, member, photo, cancellation);
        else if (input.RemovePhoto) member.PhotoFileId = null;
        await SaveAsync(db, member, cancellation);
    }

    /// <summary>Saves what the first of the first steps asks for; the rest stays.</summary>
    /// <exception cref="InvalidInputException">No name, a text too long, or a photo that cannot be used.</exception>
    public async Task IntroduceAsync(Viewer viewer, string? name, string? function, byte[]? photo, CancellationToken cancellation)
    {
        Check(new ProfileInput { Name = name, Function = function });
        var cleaned = Cleaned(photo);
        await using var db = database.Open(viewer);
        var member = await db.Members.FirstOrDefaultAsync(m => m.Id == viewer.MemberId, cancellation) ?? throw new NotFoundException();
        (member.Name, member.FoldedName, member.Function) = (name!.Trim(), FoldedName.Of(name), Trimmed(function));
        if (cleaned is not null) await SetPhotoAsync(db, member, cleaned, cancellation);
        await SaveAsync(db, member, cancellation);
    }

    private static void Check(ProfileInput input)
    {
        var visibilities = new[] { input.FunctionVisibility, input.CommuneVisibility, input.PhoneVisibility, input.EmailVisibility, input.PresentationVisibility, input.PhotoVisibility };
        new Rules()
            .Text(input.Name, "FullName", 100)
            .Text(input.Function, nameof(input.Function), 100, required: false)
            .Text(input.Commune, nameof(input.Commune), 100, required: false)
            .Text(input.Phone, nameof(input.Phone), 30, required: false)
            .Check(IsPhone(input.Phone), nameof(input.Phone), MembersTexts.PhoneNotUsable)
            .Text(input.Presentation, nameof(input.Presentation), LongestPresentation, required: false)
            .Check(visibilities.All(Enum.IsDefined), "", MembersTexts.ChooseVisibility)
            .Demand();
    }

    private static byte[]? Cleaned(byte[]? photo) => photo is { Length: > 0 } ? PhotoCheck.Cleaned(photo) : null;

    private static bool IsPhone(string? text) => string.IsNullOrWhiteSpace(text) || (text.All(c => char.IsAsciiDigit(c) || " +.-()/\u00a0\u202f".Contains(c, StringComparison.Ordinal)) && text.Count(char.IsAsciiDigit) >= 4);

    private async Task SetPhotoAsync(AppDbContext db, Member member, byte[] photo, CancellationToken cancellation)
    {
        using var content = new MemoryStream(photo, writable: false);
        var stored = await store.AddAsync(content, "photo", cancellation);
        var row = await AttachmentWriter.StoredFileAsync(db, stored, clock.GetUtcNow().UtcDateTime, cancellation);
        member.PhotoFileId = row.Id;
    }

    private async Task SaveAsync(AppDbContext db, Member member, CancellationToken cancellation)
    {
        member.Version++;
        newMembers.RecordEdited(db, member.Id);
        await db.SaveChangesAsync(cancellation);
    }

    private static string? Trimmed(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
