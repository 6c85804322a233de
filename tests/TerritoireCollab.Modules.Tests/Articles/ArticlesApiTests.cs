using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Articles;

/// <summary>Articles written by programs: published at once, kept as drafts, or given an hour.</summary>
public sealed class ArticlesApiTests(Stage stage) : IClassFixture<Stage>
{
    [Fact]
    public async Task Write_NotToBePublished_ADraftOfItsAuthorsAlone()
    {
        var (anne, luc) = (await stage.Scene.MemberAsync("Anne Essai"), await stage.Scene.MemberAsync("Luc Essai"));
        var group = await stage.Scene.GroupAsync("Groupe d’essai", anne, members: luc);
        using var program = await stage.Instance.ProgramAsync(anne.Id);
        using var other = await stage.Instance.ProgramAsync(luc.Id);

        using var kept = await program.PostAsJsonAsync($"groups/{group.Slug}/articles", new { title = "", body = "À finir", publish = false });
        using var scheduled = await program.PostAsJsonAsync($"groups/{group.Slug}/articles", new { title = "Demain", body = "Fini", publishAt = stage.Scene.Now.AddDays(1) });
        using var late = await program.PostAsJsonAsync($"groups/{group.Slug}/articles", new { title = "Hier", body = "Fini", publishAt = stage.Scene.Now.AddDays(-1) });

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Accepted, HttpStatusCode.UnprocessableEntity), (kept.StatusCode, scheduled.StatusCode, late.StatusCode));
        var drafts = await program.GetFromJsonAsync<JsonElement>($"groups/{group.Slug}/articles/drafts");
        Assert.Contains("À finir", drafts.EnumerateArray().Select(d => d.GetProperty("body").GetString()));
        Assert.Contains(drafts.EnumerateArray(), d => d.GetProperty("title").GetString() == "Demain" && d.GetProperty("publishAt").ValueKind == JsonValueKind.String);
        Assert.DoesNotContain("Hier", drafts.EnumerateArray().Select(d => d.GetProperty("title").GetString()));
        Assert.Equal(0, (await other.GetFromJsonAsync<JsonElement>($"groups/{group.Slug}/articles/drafts")).GetArrayLength());
        using var hidden = await other.GetAsync(kept.Headers.Location!.ToString()["/api/v1/".Length..]);
        Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
        Assert.Equal(0, (await other.GetFromJsonAsync<JsonElement>($"groups/{group.Slug}/articles")).GetProperty("items").GetArrayLength());
    }
}
