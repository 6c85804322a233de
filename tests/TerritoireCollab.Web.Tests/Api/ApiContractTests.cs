using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Web.Tests.Api;

/// <summary>The description at <c>/openapi/v1.json</c> and the routes that run are one: each is described, each description is served, and real answers are as described.</summary>
public sealed partial class ApiContractTests : IAsyncLifetime
{
    private Instance _instance = null!;
    private Scene _scene = null!;
    private Member _owner = null!;
    private Member _member = null!;
    private Platform.Groups.Group _group = null!;
    private string _topic = "";
    private string _find = "";
    private string _issue = "";
    private string _editorial = "";
    private HttpClient _program = null!;
    private JsonElement _document;

    public async ValueTask InitializeAsync()
    {
        _instance = await Instance.StartAsync();
        _scene = new Scene(_instance);
        (_owner, _member) = (await _scene.MemberAsync("Anne Essai"), await _scene.MemberAsync("Luc Essai"));
        _group = await _scene.GroupAsync("Groupe", _owner, joining: GroupJoining.Free, members: _member);
        _topic = await _scene.TopicAsync(_group, _member, "Un fil décrit", "Qui **sait** ?", tags: "voirie", question: true);
        await _scene.AnswerAsync(_topic, _owner, "Moi.");
        await _scene.TurnOnAsync(_group);
        _find = await _scene.FindAsync(_group, _member, "Une page décrite", "Elle **sert**.", tags: "voirie");
        await _scene.AnswerAsync(_find, _owner, "Oui.");
        await _scene.ServeTerritoryAsync(_group);
        await _scene.PlaceAsync(_group, _owner, new("Un article décrit") { Line = "Une ligne", Finder = _member });
        _issue = await _scene.PublishAsync(_group, _owner, "Une revue décrite", "Un **mot**.");
        _editorial = await _scene.EditorialAsync(_group, _owner, "Un édito décrit", tags: "essai", month: 202610);
        await _instance.SettleAsync();
        _program = await _instance.ProgramAsync(_owner.Id);
        using var anyone = _instance.Browser();
        _document = await anyone.GetFromJsonAsync<JsonElement>("/openapi/v1.json");
    }

    public ValueTask DisposeAsync() => _instance.DisposeAsync();

    [Fact]
    public void Description_AndRunningRoutes_AreTheSame()
    {
        var running = _instance.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText!.TrimStart('/').StartsWith("api/", StringComparison.Ordinal))
            .SelectMany(e => e.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Select(m => $"{m} /{Constraint().Replace(e.RoutePattern.RawText!.Trim('/'), "}")}"));

        Assert.Equal(running.Order(StringComparer.Ordinal), Operations().Select(o => o.Name).Order(StringComparer.Ordinal));
        string[] promised =
        [
            "GET /api/v1/me", "GET /api/v1/groups", "POST /api/v1/groups", "GET /api/v1/groups/{slug}", "PATCH /api/v1/groups/{slug}", "GET /api/v1/groups/{slug}/members", "POST /api/v1/groups/{slug}/members",
            "DELETE /api/v1/groups/{slug}/members/{id}", "POST /api/v1/groups/{slug}/join", "GET /api/v1/groups/{slug}/discussions", "POST /api/v1/groups/{slug}/discussions", "GET /api/v1/discussions/{id}",
            "PATCH /api/v1/discussions/{id}", "DELETE /api/v1/discussions/{id}", "GET /api/v1/discussions/{id}/comments", "POST /api/v1/discussions/{id}/comments", "GET /api/v1/groups/{slug}/finds",
            "POST /api/v1/groups/{slug}/finds", "POST /api/v1/groups/{slug}/finds/mail", "GET /api/v1/finds/{id}/quotes", "POST /api/v1/finds/{id}/quotes", "DELETE /api/v1/finds/{id}/quotes/{quote}", "GET /api/v1/finds/{id}", "PATCH /api/v1/finds/{id}", "DELETE /api/v1/finds/{id}", "GET /api/v1/finds/{id}/comments", "POST /api/v1/finds/{id}/comments", "GET /api/v1/members", "GET /api/v1/organisations",
            "GET /api/v1/search", "GET /api/v1/notifications", "POST /api/v1/markdown/preview", "GET /api/v1/veille/items", "POST /api/v1/veille/items/{id}/select", "POST /api/v1/veille/items/{id}/reject",
            "GET /api/v1/veille/issues", "POST /api/v1/veille/issues", "POST /api/v1/veille/issues/{number}/publish", "GET /api/v1/veille/sources", "POST /api/v1/veille/sources",
        ];
        Assert.Subset(Operations().Select(o => o.Name).ToHashSet(), promised.ToHashSet());
    }

    [Theory]
    [InlineData("articles")]
    [InlineData("bookmarks")]
    [InlineData("editorials")]
    [InlineData("events")]
    [InlineData("files")]
    [InlineData("finds")]
    [InlineData("issues")]
    [InlineData("letters")]
    [InlineData("pages")]
    [InlineData("polls")]
    [InlineData("questionnaires")]
    public async Task Discussion_AsAnotherKind_NeitherReadNorRemoved(string contents)
    {
        using var removal = await _program.DeleteAsync($"/api/v1/{contents}/{_topic}");
        using var reading = await _program.GetAsync($"/api/v1/{contents}/{_topic}");
        using var comments = await _program.GetAsync($"/api/v1/{contents}/{_topic}/comments");

        Assert.Equal([HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound], [removal.StatusCode, reading.StatusCode, comments.StatusCode]);
        using var discussion = await _program.GetAsync($"/api/v1/discussions/{_topic}");
        Assert.Equal(HttpStatusCode.OK, discussion.StatusCode);
    }

    [Fact]
    public void Description_EveryOperation_NamedSummedUpAndItsAnswersDescribed()
    {
        var operations = Operations().ToList();
        var problems = new List<string>();
        foreach (var (name, operation) in operations)
        {
            if (!operation.TryGetProperty("operationId", out _)) problems.Add($"{name}: no operationId");
            if (!operation.TryGetProperty("summary", out var summary) || summary.GetString() is not { Length: > 0 }) problems.Add($"{name}: no summary");
            var answers = operation.GetProperty("responses").EnumerateObject().ToDictionary(r => r.Name, r => r.Value);
            foreach (var expected in Expected(name)) if (!answers.ContainsKey(expected)) problems.Add($"{name}: {expected} not described");
            foreach (var (status, answer) in answers.Where(a => a.Key is not ("204" or "201") || (a.Key == "201" && !name.EndsWith("/members", StringComparison.Ordinal))))
                if (Schema(answer) is null) problems.Add($"{name}: {status} has no schema");
        }

        Assert.Empty(problems);
        Assert.Equal(operations.Count, operations.Select(o => o.Operation.GetProperty("operationId").GetString()).Distinct().Count());
    }

    [Fact]
    public async Task Answers_OfEveryOperation_AsDescribed()
    {
        var newcomer = await _scene.MemberAsync("Zoé Essai");
        using var joining = await _instance.ProgramAsync(newcomer.Id);
        var added = await _scene.MemberAsync("Paul Essai");
        var removed = await _scene.TopicAsync(_group, _owner, "Un fil retiré");
        var g = $"groups/{_group.Slug}";
        var card = await _scene.PlaceAsync(_group, _owner, new("Un article à retenir"));
        var gone = await _scene.PublishAsync(_group, _owner, "Une revue retirée");
        var kept = await _scene.PlaceAsync(_group, _owner, new("Un autre article"));
        var letter = await _scene.LetterAsync(_group, _owner, "Une lettre décrite");
        var (article, draft) = (await _scene.ArticleAsync(_group, _owner, "Un article décrit", coAuthors: _member.Name), await _scene.DraftAsync(_group, _owner, "Un brouillon décrit"));
        var quote = await _scene.QuoteAsync(_find, _member, "Un passage décrit");
        var (bookmark, planned, page) = (await _scene.BookmarkAsync(_group, _owner, "Un favori décrit"), await _scene.EventAsync(_group, _owner, "Une date décrite"), await _scene.PageAsync(_group, _owner, "Une page décrite"));
        var passage = await _scene.QuotePassageAsync(bookmark, _member, "Un passage décrit");
        var file = await _scene.FileOfGroupAsync(_group, _owner, "decrit.txt", "Un fichier décrit");
        var (poll, questionnaire) = (await _scene.PollAsync(_group, _owner, "Un sondage décrit"), await _scene.QuestionnaireAsync(_group, _owner, "Un questionnaire décrit"));
        (string Operation, Func<Task<HttpResponseMessage>> Call)[] calls =
        [
            ("GET /api/v1/me", () => _program.GetAsync("me")),
            ("GET /api/v1/me/bookmarks", () => _program.GetAsync("me/bookmarks?limit=1")),
            ("POST /api/v1/me/bookmarks", () => _program.PostAsJsonAsync("me/bookmarks", new { address = "https://exemple.invalid/pour-soi", title = "Pour soi", tags = new[] { "essai" } })),
            ("GET /api/v1/groups", () => _program.GetAsync("groups?limit=1")),
            ("POST /api/v1/groups", () => _program.PostAsJsonAsync("groups", new { name = "Un groupe né de l’API", summary = "Pour l’essai.", body = "Bonjour *à toutes*." })),
            ("GET /api/v1/groups/{slug}", () => _program.GetAsync(g)),
            ("PATCH /api/v1/groups/{slug}", () => _program.PatchAsJsonAsync(g, new { summary = "Autre résumé." })),
            ("GET /api/v1/groups/{slug}/members", () => _program.GetAsync($"{g}/members?limit=1")),
            ("POST /api/v1/groups/{slug}/members", () => _program.PostAsJsonAsync($"{g}/members", new { handle = added.Handle, role = "reader" })),
            ("DELETE /api/v1/groups/{slug}/members/{id}", () => _program.DeleteAsync($"{g}/members/{added.Id}")),
            ("POST /api/v1/groups/{slug}/join", () => joining.PostAsJsonAsync($"{g}/join", new { })),
            ("GET /api/v1/groups/{slug}/discussions", () => _program.GetAsync($"{g}/discussions?limit=1")),
            ("POST /api/v1/groups/{slug}/discussions", () => _program.PostAsJsonAsync($"{g}/discussions", new { title = "Né de l’API", body = "Texte", tags = new[] { "essai" } })),
            ("GET /api/v1/discussions/{id}", () => _program.GetAsync($"discussions/{_topic}")),
            ("PATCH /api/v1/discussions/{id}", () => _program.PatchAsJsonAsync($"discussions/{_topic}", new { title = "Un fil décrit, mieux" })),
            ("DELETE /api/v1/discussions/{id}", () => _program.DeleteAsync($"discussions/{removed}")),
            ("GET /api/v1/discussions/{id}/comments", () => _program.GetAsync($"discussions/{_topic}/comments")),
            ("POST /api/v1/discussions/{id}/comments", () => _program.PostAsJsonAsync($"discussions/{_topic}/comments", new { body = "Une réponse", replyTo = 1 })),
            ("GET /api/v1/groups/{slug}/finds", () => _program.GetAsync($"{g}/finds?limit=1")),
            ("POST /api/v1/groups/{slug}/finds", () => _program.PostAsJsonAsync($"{g}/finds", new { title = "Née de l’API", body = "Texte", url = "https://exemple.invalid/api", tags = new[] { "essai" } })),
            ("GET /api/v1/finds/{id}", () => _program.GetAsync($"finds/{_find}")),
            ("PATCH /api/v1/finds/{id}", () => _program.PatchAsJsonAsync($"finds/{_find}", new { title = "Une page décrite, mieux" })),
            ("DELETE /api/v1/finds/{id}", async () => await _program.DeleteAsync($"finds/{await _scene.FindAsync(_group, _owner, "Une page retirée")}")),
            ("POST /api/v1/groups/{slug}/finds/mail", () => _program.PostAsJsonAsync($"{g}/finds/mail", new { subject = "Un courriel décrit", text = "Voir https://exemple.invalid/courriel" })),
            ("GET /api/v1/finds/{id}/quotes", () => _program.GetAsync($"finds/{_find}/quotes")),
            ("POST /api/v1/finds/{id}/quotes", () => _program.PostAsJsonAsync($"finds/{_find}/quotes", new { text = "Un passage", note = "Une note" })),
            ("DELETE /api/v1/finds/{id}/quotes/{quote}", () => _program.DeleteAsync($"finds/{_find}/quotes/{quote}")),
            ("GET /api/v1/bookmarks/{id}/quotes", () => _program.GetAsync($"bookmarks/{bookmark}/quotes")),
            ("POST /api/v1/bookmarks/{id}/quotes", () => _program.PostAsJsonAsync($"bookmarks/{bookmark}/quotes", new { text = "Un passage", note = "Une note", isPrivate = true })),
            ("DELETE /api/v1/bookmarks/{id}/quotes/{quote}", () => _program.DeleteAsync($"bookmarks/{bookmark}/quotes/{passage}")),
            ("GET /api/v1/finds/{id}/comments", () => _program.GetAsync($"finds/{_find}/comments")),
            ("POST /api/v1/finds/{id}/comments", () => _program.PostAsJsonAsync($"finds/{_find}/comments", new { body = "Un commentaire", replyTo = 1 })),
            ("GET /api/v1/groups/{slug}/sources", () => _program.GetAsync($"{g}/sources")),
            ("POST /api/v1/groups/{slug}/sources", () => _program.PostAsJsonAsync($"{g}/sources", new { url = "https://source.invalid/flux.xml", name = "Une source", folder = "Presse" })),
            ("GET /api/v1/veille/sources", () => _program.GetAsync("veille/sources")),
            ("POST /api/v1/veille/sources", () => _program.PostAsJsonAsync("veille/sources", new { url = "https://source.invalid/autre.xml" })),
            ("GET /api/v1/members", () => _program.GetAsync("members?limit=2")),
            ("GET /api/v1/organisations", () => _program.GetAsync("organisations")),
            ("GET /api/v1/search", () => _program.GetAsync("search?q=fil")),
            ("GET /api/v1/me/mail", () => _program.GetAsync("me/mail")),
            ("PUT /api/v1/me/mail", () => _program.PutAsJsonAsync("me/mail", new { digestHour = 8, digestDays = new[] { "monday", "friday" }, weeklyDay = "tuesday", quietFrom = 22, quietUntil = 7, isSilent = false })),
            ("GET /api/v1/notifications", () => _program.GetAsync("notifications")),
            ("GET /api/v1/groups/{slug}/issues", () => _program.GetAsync($"{g}/issues?limit=1")),
            ("POST /api/v1/groups/{slug}/issues", () => _program.PostAsJsonAsync($"{g}/issues", new { title = "Née de l’API", body = "Texte", audience = "group", publish = true })),
            ("GET /api/v1/issues/{id}", () => _program.GetAsync($"issues/{_issue}")),
            ("DELETE /api/v1/issues/{id}", () => _program.DeleteAsync($"issues/{gone}")),
            ("GET /api/v1/issues/{id}/comments", () => _program.GetAsync($"issues/{_issue}/comments")),
            ("POST /api/v1/issues/{id}/comments", () => _program.PostAsJsonAsync($"issues/{_issue}/comments", new { body = "Une réponse" })),
            ("GET /api/v1/veille/issues", () => _program.GetAsync("veille/issues")),
            ("POST /api/v1/veille/issues", () => _program.PostAsJsonAsync("veille/issues", new { title = "En préparation", body = "Texte" })),
            ("POST /api/v1/veille/issues/{number}/publish", () => _program.PostAsJsonAsync("veille/issues/4/publish", new { audience = "platform" })),
            ("GET /api/v1/groups/{slug}/editorials", () => _program.GetAsync($"{g}/editorials?limit=1")),
            ("POST /api/v1/groups/{slug}/editorials", () => _program.PostAsJsonAsync($"{g}/editorials", new { title = "Né de l’API", body = "Texte", month = "2026-10", audience = "group", tags = new[] { "essai" } })),
            ("GET /api/v1/veille/editorials", () => _program.GetAsync("veille/editorials")),
            ("GET /api/v1/editorials/{id}", () => _program.GetAsync($"editorials/{_editorial}")),
            ("PATCH /api/v1/editorials/{id}", () => _program.PatchAsJsonAsync($"editorials/{_editorial}", new { title = "Un édito décrit, mieux" })),
            ("DELETE /api/v1/editorials/{id}", async () => await _program.DeleteAsync($"editorials/{await _scene.EditorialAsync(_group, _owner, "Un édito retiré", month: 202610)}")),
            ("GET /api/v1/editorials/{id}/comments", () => _program.GetAsync($"editorials/{_editorial}/comments")),
            ("POST /api/v1/editorials/{id}/comments", () => _program.PostAsJsonAsync($"editorials/{_editorial}/comments", new { body = "Un commentaire" })),
            ("GET /api/v1/groups/{slug}/articles", () => _program.GetAsync($"{g}/articles?limit=1")),
            ("POST /api/v1/groups/{slug}/articles", () => _program.PostAsJsonAsync($"{g}/articles", new { title = "Né de l’API", summary = "Un chapeau", body = "Texte", audience = "group", tags = new[] { "essai" } })),
            ("GET /api/v1/groups/{slug}/articles/drafts", () => _program.GetAsync($"{g}/articles/drafts")),
            ("GET /api/v1/groups/{slug}/articles/drafts/{id}", () => _program.GetAsync($"{g}/articles/drafts/{draft:N}")),
            .. Calls("bookmarks", bookmark, new { title = "Né de l’API", body = "Texte", address = "https://exemple.invalid/ne" }, () => _scene.BookmarkAsync(_group, _owner, "Retiré")),
            .. Calls("files", file, new { }, () => _scene.FileOfGroupAsync(_group, _owner, "retire.txt", "Retiré")).Select(c => c.Operation == "POST /api/v1/groups/{slug}/files" ? (c.Operation, () => _program.PostAsync($"{g}/files", new MultipartFormDataContent { { new StringContent("Né de l’API"), "title" }, { new ByteArrayContent("Texte"u8.ToArray()), "file", "ne.txt" } })) : c),
            ("GET /api/v1/files/{id}/download", () => _program.GetAsync($"files/{file}/download")),
            .. Calls("events", planned, new { title = "Née de l’API", body = "Texte", localStart = "2031-05-12T18:30" }, () => _scene.EventAsync(_group, _owner, "Retirée")),
            .. Calls("polls", poll, new { title = "Né de l’API", options = new[] { "Pour", "Contre" } }, () => _scene.PollAsync(_group, _owner, "Retiré")),
            ("POST /api/v1/polls/{id}/votes", () => _program.PostAsJsonAsync($"polls/{poll}/votes", new { choices = new[] { 1 } })),
            ("DELETE /api/v1/polls/{id}/votes", () => _program.DeleteAsync($"polls/{poll}/votes")),
            .. Calls("questionnaires", questionnaire, new { title = "Né de l’API", questions = new[] { new { kind = "shortText", text = "Qui ?" } } }, () => _scene.QuestionnaireAsync(_group, _owner, "Retiré")),
            ("POST /api/v1/questionnaires/{id}/answers", () => _program.PostAsJsonAsync($"questionnaires/{questionnaire}/answers", new { answers = new Dictionary<string, string[]> { ["1"] = ["Une réponse"] } })),
            ("DELETE /api/v1/questionnaires/{id}/answers", () => _program.DeleteAsync($"questionnaires/{questionnaire}/answers")),
            .. Calls("pages", page, new { title = "Née de l’API", body = "Texte" }, () => _scene.PageAsync(_group, _owner, "Retirée")),
            ("GET /api/v1/articles/{id}", () => _program.GetAsync($"articles/{article}")),
            ("PATCH /api/v1/articles/{id}", () => _program.PatchAsJsonAsync($"articles/{article}", new { title = "Un article décrit, mieux" })),
            ("DELETE /api/v1/articles/{id}", async () => await _program.DeleteAsync($"articles/{await _scene.ArticleAsync(_group, _owner, "Un article retiré")}")),
            ("GET /api/v1/articles/{id}/comments", () => _program.GetAsync($"articles/{article}/comments")),
            ("POST /api/v1/articles/{id}/comments", () => _program.PostAsJsonAsync($"articles/{article}/comments", new { body = "Une réponse" })),
            ("GET /api/v1/groups/{slug}/letters", () => _program.GetAsync($"{g}/letters?limit=1")),
            ("POST /api/v1/groups/{slug}/letters", () => _program.PostAsJsonAsync($"{g}/letters", new { title = "Née de l’API", body = "Texte", audience = "group", isUrgent = true })),
            ("GET /api/v1/letters/{id}", () => _program.GetAsync($"letters/{letter}")),
            ("PATCH /api/v1/letters/{id}", () => _program.PatchAsJsonAsync($"letters/{letter}", new { title = "Une lettre décrite, mieux" })),
            ("DELETE /api/v1/letters/{id}", async () => await _program.DeleteAsync($"letters/{await _scene.LetterAsync(_group, _owner, "Une lettre retirée")}")),
            ("GET /api/v1/letters/{id}/comments", () => _program.GetAsync($"letters/{letter}/comments")),
            ("POST /api/v1/letters/{id}/comments", () => _program.PostAsJsonAsync($"letters/{letter}/comments", new { body = "Une réponse" })),
            ("GET /api/v1/veille/items", () => _program.GetAsync("veille/items?state=published&limit=1")),
            ("POST /api/v1/veille/items/{id}/select", () => _program.PostAsync($"veille/items/{card}/select", null)),
            ("POST /api/v1/veille/items/{id}/reject", () => _program.PostAsync($"veille/items/{kept}/reject", null)),
            ("POST /api/v1/markdown/preview", () => _program.PostAsJsonAsync("markdown/preview", new { body = "**gras**" })),
        ];
        Assert.Equal(Operations().Select(o => o.Name).Order(StringComparer.Ordinal), calls.Select(c => c.Operation).Order(StringComparer.Ordinal));

        var problems = new List<string>();
        foreach (var (name, call) in calls)
        {
            using var answer = await call();
            if (!answer.IsSuccessStatusCode) problems.Add($"{name}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
            else problems.AddRange((await WrongAsync(name, answer)).Select(w => $"{name}: {w}"));
        }

        Assert.Empty(problems);
    }

    [Fact]
    public async Task Problems_OfEachStatus_AsDescribedAndInFrench()
    {
        using var nobody = _instance.Browser();
        using var reader = await _instance.ProgramAsync(_member.Id, AccessKeyScope.ApiRead);
        using var outsider = await _instance.ProgramAsync((await _scene.MemberAsync("Rémi Essai")).Id);
        (string Operation, int Status, string Words, Func<Task<HttpResponseMessage>> Call)[] calls =
        [
            ("GET /api/v1/me", 401, "connect", () => nobody.GetAsync("/api/v1/me")),
            ("POST /api/v1/discussions/{id}/comments", 403, "", () => reader.PostAsJsonAsync($"discussions/{_topic}/comments", new { body = "Non" })),
            ("GET /api/v1/discussions/{id}", 404, "existe pas", () => outsider.GetAsync("discussions/zzzzzzzz")),
            ("GET /api/v1/discussions/{id}", 404, "existe pas", () => outsider.GetAsync($"discussions/{_topic}")),
            ("POST /api/v1/discussions/{id}/comments", 422, "Ce champ est nécessaire.", () => _program.PostAsJsonAsync($"discussions/{_topic}/comments", new { body = " " })),
            ("PATCH /api/v1/discussions/{id}", 422, "modifié par quelqu’un d’autre", () => _program.PatchAsJsonAsync($"discussions/{_topic}", new { title = "Trop tard", version = 0 })),
            ("PATCH /api/v1/groups/{slug}", 422, "modifié", () => _program.PatchAsJsonAsync($"groups/{_group.Slug}", new { name = "Trop tard", version = 0 })),
            ("POST /api/v1/discussions/{id}/comments", 400, "à corriger", () => _program.PostAsync($"discussions/{_topic}/comments", new StringContent("{ ceci n’est pas du JSON", Encoding.UTF8, "application/json"))),
            ("POST /api/v1/discussions/{id}/comments", 400, "à corriger", () => _program.PostAsync($"discussions/{_topic}/comments", new StringContent("{\"body\":7}", Encoding.UTF8, "application/json"))),
            ("GET /api/v1/groups", 400, "à corriger", () => _program.GetAsync("groups?limit=beaucoup")),
        ];

        foreach (var (name, status, words, call) in calls)
        {
            using var answer = await call();
            Assert.Equal((name, status), (name, (int)answer.StatusCode));
            Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
            var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
            Assert.Contains(words, Regex.Unescape(problem.GetRawText()), StringComparison.OrdinalIgnoreCase);
            Assert.Empty(await WrongAsync(name, answer));
        }
    }

    [Theory]
    [InlineData("groups")]
    [InlineData("groups/{0}/members")]
    [InlineData("groups/{0}/discussions")]
    [InlineData("discussions/{1}/comments")]
    [InlineData("groups/{0}/finds")]
    [InlineData("finds/{2}/comments")]
    [InlineData("groups/{0}/issues")]
    [InlineData("veille/issues")]
    [InlineData("groups/{0}/editorials")]
    [InlineData("veille/editorials")]
    [InlineData("veille/items")]
    [InlineData("members")]
    [InlineData("organisations")]
    [InlineData("search?q=fil")]
    [InlineData("notifications")]
    public async Task List_BadCursorOrLimit_ProblemAtTheParameter(string list)
    {
        var address = string.Format(System.Globalization.CultureInfo.InvariantCulture, list, _group.Slug, _topic, _find);
        var sign = address.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        (string Query, string Field)[] bad =
        [
            ("after=%C3%A9", "after"), ("after=AAAA", "after"), ("after=%27%3BDROP%20TABLE%20Items", "after"), ("after=" + new string('A', 3000), "after"), ("after=MHx4", "after"),
            ("limit=0", "limit"), ("limit=-1", "limit"), ("limit=101", "limit"),
        ];

        foreach (var (query, field) in bad)
        {
            // A group's cursor is made of texts, a member's of a date: « 0|x » may be one of them.
            using var answer = await _program.GetAsync($"{address}{sign}{query}");
            if (query == "after=MHx4" && answer.StatusCode == HttpStatusCode.OK) continue;
            Assert.Equal((query, HttpStatusCode.UnprocessableEntity), (query, answer.StatusCode));
            var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
            Assert.Contains($"« {field} »", problem.GetProperty("errors").GetProperty(field)[0].GetString()!.Replace('\u00a0', ' '), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Write_WithFieldsNobodyAskedFor_IgnoresThem()
    {
        using var made = await _program.PostAsJsonAsync($"groups/{_group.Slug}/discussions", new
        {
            title = "Un fil chargé", body = "Texte", id = "aaaaaaaa", authorId = _member.Id, author = new { handle = _member.Handle }, isPinned = true, isLocked = true, commentCount = 12, group = "ailleurs", deletedAt = "2026-01-01T00:00:00Z", version = 99,
        });
        var thread = await made.Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        Assert.NotEqual("aaaaaaaa", thread.GetProperty("id").GetString());
        Assert.Equal(_owner.Handle, thread.GetProperty("author").GetProperty("handle").GetString());
        Assert.Equal((false, false, 0, 1, _group.Slug), (thread.GetProperty("isPinned").GetBoolean(), thread.GetProperty("isLocked").GetBoolean(), thread.GetProperty("commentCount").GetInt32(), thread.GetProperty("version").GetInt32(), thread.GetProperty("group").GetString()));
    }

    [Fact]
    public async Task Write_ReadKeyOnEveryWritingRoute_Refused()
    {
        using var reader = await _instance.ProgramAsync(_owner.Id, AccessKeyScope.ApiRead);
        foreach (var (name, operation) in Operations().Where(o => !o.Name.StartsWith("GET", StringComparison.Ordinal)))
        {
            // Where a form is asked for, another body is not looked at, whatever the key.
            var takesForm = operation.TryGetProperty("requestBody", out var body) && body.GetProperty("content").TryGetProperty("multipart/form-data", out _);
            var target = name.Contains("members", StringComparison.Ordinal) || name.Contains("items", StringComparison.Ordinal) ? $"{_member.Id}" : name.Contains("finds", StringComparison.Ordinal) ? _find : _topic;
            var parts = name.Replace("{slug}", _group.Slug, StringComparison.Ordinal).Replace("{id}", target, StringComparison.Ordinal).Replace("{quote}", $"{Guid.Empty}", StringComparison.Ordinal).Replace("{number}", "1", StringComparison.Ordinal).Split(' ');
            using var request = new HttpRequestMessage(new HttpMethod(parts[0]), parts[1]) { Content = takesForm ? new MultipartFormDataContent { { new StringContent("Non"), "title" } } : JsonContent.Create(new { body = "Non", title = "Non", name = "Non" }) };
            using var answer = await reader.SendAsync(request);
            Assert.Equal((name, HttpStatusCode.Forbidden), (name, answer.StatusCode));
        }

        Assert.Equal("Un fil décrit", (await _program.GetFromJsonAsync<JsonElement>($"discussions/{_topic}")).GetProperty("title").GetString());
    }

    // The seven operations that every tool has.
    private (string Operation, Func<Task<HttpResponseMessage>> Call)[] Calls(string collection, string id, object made, Func<Task<string>> another) =>
    [
        ($"GET /api/v1/groups/{{slug}}/{collection}", () => _program.GetAsync($"groups/{_group.Slug}/{collection}?limit=1")),
        ($"POST /api/v1/groups/{{slug}}/{collection}", () => _program.PostAsJsonAsync($"groups/{_group.Slug}/{collection}", made)),
        ($"GET /api/v1/{collection}/{{id}}", () => _program.GetAsync($"{collection}/{id}")),
        ($"PATCH /api/v1/{collection}/{{id}}", () => _program.PatchAsJsonAsync($"{collection}/{id}", new { title = "Autre titre" })),
        ($"DELETE /api/v1/{collection}/{{id}}", async () => await _program.DeleteAsync($"{collection}/{await another()}")),
        ($"GET /api/v1/{collection}/{{id}}/comments", () => _program.GetAsync($"{collection}/{id}/comments")),
        ($"POST /api/v1/{collection}/{{id}}/comments", () => _program.PostAsJsonAsync($"{collection}/{id}/comments", new { body = "Un commentaire" })),
    ];

    // What each operation may answer, by its shape.
    private static IEnumerable<string> Expected(string name)
    {
        var writes = !name.StartsWith("GET", StringComparison.Ordinal);
        yield return "401";
        if (writes) yield return "403";
        if (writes || Lists().IsMatch(name)) yield return "422";
        if (name.Contains('{', StringComparison.Ordinal)) yield return "404";
        if (!name.StartsWith("DELETE", StringComparison.Ordinal) && (writes || Lists().IsMatch(name)) && !Bare().IsMatch(name)) yield return "400";
        yield return name switch
        {
            "POST /api/v1/groups" or "POST /api/v1/veille/sources" or "POST /api/v1/finds/{id}/quotes" or "POST /api/v1/bookmarks/{id}/quotes" => "201",
            _ when Made().IsMatch(name) => "201",
            _ when name.StartsWith("DELETE", StringComparison.Ordinal) => "204",
            _ => "200",
        };
    }

    private async Task<IReadOnlyList<string>> WrongAsync(string name, HttpResponseMessage answer)
    {
        var responses = Operations().Single(o => o.Name == name).Operation.GetProperty("responses");
        if (!responses.TryGetProperty($"{(int)answer.StatusCode}", out var described)) return [$"{(int)answer.StatusCode} not described"];

        var body = await answer.Content.ReadAsStringAsync();
        if (Schema(described) is not { } schema) return body.Length == 0 ? [] : [$"a body where none is described: {body}"];
        // Bytes, of which nothing more is said.
        if (described.GetProperty("content").TryGetProperty("application/octet-stream", out _)) return [];

        return new SchemaCheck(_document).Of(schema, JsonSerializer.Deserialize<JsonElement>(body));
    }

    private static JsonElement? Schema(JsonElement response) =>
        response.TryGetProperty("content", out var content) ? content.EnumerateObject().Select(c => (JsonElement?)c.Value.GetProperty("schema")).FirstOrDefault() : null;

    private IEnumerable<(string Name, JsonElement Operation)> Operations() =>
        from path in _document.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        where operation.Name is "get" or "post" or "put" or "patch" or "delete"
        select ($"{operation.Name.ToUpperInvariant()} {path.Name}", operation.Value);

    // What makes something of a group, and what comments it.
    [GeneratedRegex("^POST /api/v1/(me/bookmarks|groups/\\{slug\\}/(members|discussions|finds|editorials|articles|letters|sources|bookmarks|events|files|pages|polls|questionnaires)|[a-z]+/\\{id\\}/comments)$")]
    private static partial Regex Made();

    [GeneratedRegex(":[a-z]+}")]
    private static partial Regex Constraint();

    // Nothing is sent but the address.
    [GeneratedRegex("/(select|reject)$")]
    private static partial Regex Bare();

    [GeneratedRegex("GET .*/(groups|members|discussions|finds|comments|organisations|search|notifications|issues|items)$")]
    private static partial Regex Lists();
}
