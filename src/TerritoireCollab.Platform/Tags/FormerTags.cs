using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Platform.Tags;

/// <summary>Leads members who come by the address of a word that their group has renamed to the word of today. To others that word never was.</summary>
public static class FormerTags
{
    private const string Parameter = "etiquette";

    /// <summary>Puts it before the pages.</summary>
    public static void UseFormerTags(this IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        if (await PresentAsync(http) is not { } into)
        {
            await next(http);
            return;
        }

        var query = http.Request.Query.Where(q => q.Key != Parameter).SelectMany(q => q.Value, (q, value) => KeyValuePair.Create(q.Key, value)).Append(KeyValuePair.Create(Parameter, (string?)into));
        http.Response.Redirect(http.Request.PathBase + http.Request.Path + QueryString.Create(query));
    });

    private static async Task<string?> PresentAsync(HttpContext http)
    {
        if (!HttpMethods.IsGet(http.Request.Method) || http.Request.Query[Parameter] is not [{ Length: > 0 } asked]) return null;
        if (http.Request.Path.Value?.Split('/') is not ["", "groupes", var group, _, ..] || http.Features.Get<SignedIn>() is not { } member) return null;

        var word = Slug.Of(asked);
        await using var db = ((AppDb)http.RequestServices.GetService(typeof(AppDb))!).Open(Viewer.Member(member.Id, member.IsAdmin));
        return await db.Set<TagAlias>().Where(a => a.Slug == word && db.Groups.Any(g => g.Id == a.GroupId && g.Slug == group) && !db.Tags.Any(t => t.Slug == word && t.Item.GroupId == a.GroupId))
            .Select(a => a.Into).FirstOrDefaultAsync(http.RequestAborted);
    }
}
