using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TerritoireCollab.Members.Directory;
using TerritoireCollab.Members.Organisations;
using TerritoireCollab.Members.Pages;
using TerritoireCollab.Members.Profiles;
using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Paging;

namespace TerritoireCollab.Members;

/// <summary>The member whose key or cookie it is.</summary>
internal sealed record MeAnswer(Guid Id, string Name, string Handle, string? Email, bool IsAdmin, string? Function, string? Commune, string Language, Uri Url);

/// <summary>A member of the directory; what the reader may not see is null.</summary>
internal sealed record MemberAnswer(Guid Id, string Name, string Handle, string? Function, string? Commune, string? Organisation, Uri Url, Uri? PhotoUrl);

/// <summary>An organisation.</summary>
internal sealed record OrganisationAnswer(Guid Id, string Slug, string Name, string Kind, string? Commune, int MemberCount, Uri Url);

/// <summary>The API of members and organisations.</summary>
internal static class MembersApi
{
    public static void MapMembersApi(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup("/api/v1").AddEndpointFilter<ApiGuard>().WithTags("members");
        api.MapGet("/me", MeAsync).WithName("getMe").WithSummary(Resources.MembersTexts.ApiMe);
        api.MapGet("/members", MembersAsync).WithName("listMembers").WithSummary(Resources.MembersTexts.ApiMembers);
        api.MapGet("/organisations", OrganisationsAsync).WithName("listOrganisations").WithSummary(Resources.MembersTexts.ApiOrganisations);
    }

    private static async Task<MeAnswer> MeAsync(EditProfile profile, CurrentViewer current, PlatformOptions platform, CancellationToken cancellation)
    {
        var me = await profile.ReadAsync(current.Viewer, cancellation);
        return new(me.Id, me.Name, me.Handle, me.Email, me.IsAdmin, me.Function, me.Commune, "fr", platform.Absolute($"/annuaire/{me.Handle}"));
    }

    private static async Task<CursorPage<MemberAnswer>> MembersAsync(string? q, string? after, int? limit, ListMembers members, CurrentViewer current, PlatformOptions platform, CancellationToken cancellation)
    {
        var most = PageCursor.Limit(limit);
        var cursor = PageCursor.Parse(after);
        var rows = await members.AfterAsync(current.Viewer, q, cursor is null ? null : (cursor.At, KeyOf(cursor)), most + 1, cancellation);
        var items = rows.Take(most).Select(r => new MemberAnswer(
            r.Id, r.Name, r.Handle, r.Function, r.Commune, r.Organisation, platform.Absolute($"/annuaire/{r.Handle}"), r.PhotoUrl is { } photo ? platform.Absolute("/" + photo) : null));
        return new([.. items], rows.Count > most ? new PageCursor(rows[most - 1].CreatedAt, rows[most - 1].Id.ToString()).ToString() : null);
    }

    private static async Task<CursorPage<OrganisationAnswer>> OrganisationsAsync(string? q, string? after, int? limit, ListOrganisations organisations, CurrentViewer current, PlatformOptions platform, CancellationToken cancellation)
    {
        var most = PageCursor.Limit(limit);
        var cursor = PageCursor.Parse(after);
        var rows = await organisations.AfterAsync(current.Viewer, q, cursor is null ? Guid.Empty : KeyOf(cursor), most + 1, cancellation);
        var items = rows.Take(most).Select(r => new OrganisationAnswer(r.Id, r.Slug, r.Name, KindChoices.Word(r.Kind), r.Commune, r.MemberCount, platform.Absolute($"/organisations/{r.Slug}")));
        return new([.. items], rows.Count > most ? new PageCursor(default, rows[most - 1].Id.ToString()).ToString() : null);
    }

    private static Guid KeyOf(PageCursor cursor) => Guid.TryParse(cursor.Key, out var key) ? key : throw PageCursor.Unknown();
}
