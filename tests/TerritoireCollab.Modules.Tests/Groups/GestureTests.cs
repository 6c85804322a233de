using System.Net;
using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Members;
using TerritoireCollab.Testing;

namespace TerritoireCollab.Modules.Tests.Groups;

/// <summary>Every gesture of a group clicked ten times at once, and posted by a page of somebody else.</summary>
public sealed class GestureTests
{
    public static TheoryData<DatabaseProvider> Providers => Databases.Providers;

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Gestures_ClickedTenTimesAtOnce_NeverAnErrorAndAlwaysOneOwner(DatabaseProvider provider)
    {
        await using var instance = await Instance.StartAsync(provider);
        var place = await Place.SetAsync(instance);
        var problems = new List<string>();

        foreach (var (who, address, fields) in place.Gestures())
        {
            await place.ResetAsync();
            var visitor = await place.AsAsync(who);
            await visitor.PostAsync("/groupes/nulle-part/depart");
            var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => visitor.PostAsync(address, fields)));
            foreach (var status in answers.Select(a => a.Status).Distinct().Where(s => s is not (HttpStatusCode.OK or HttpStatusCode.NotFound or HttpStatusCode.Forbidden)))
                problems.Add($"{address} {string.Join(' ', fields)}: {status}");
            if (answers.All(a => a.Status != HttpStatusCode.OK)) problems.Add($"{address} {string.Join(' ', fields)}: never done");
            problems.AddRange(await place.FaultsAsync(address));
        }

        Assert.True(problems.Count == 0, string.Join('\n', problems));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Owner_HandsOverToTwoAtOnceWhileOneLeaves_OneOwner(DatabaseProvider provider)
    {
        await using var instance = await Instance.StartAsync(provider);
        var place = await Place.SetAsync(instance);
        for (var round = 0; round < 3; round++)
        {
            await place.ResetAsync();
            var (owner, member, animator) = (await place.AsAsync(place.Owner), await place.AsAsync(place.Member), await place.AsAsync(place.Animator));
            foreach (var visitor in new[] { owner, member, animator }) await visitor.PostAsync("/groupes/nulle-part/depart");

            var answers = await Task.WhenAll(
                owner.PostAsync($"{place.Base}/membres/{place.Member.Id}/cession"),
                owner.PostAsync($"{place.Base}/membres/{place.Animator.Id}/cession"),
                member.PostAsync($"{place.Base}/depart"),
                animator.PostAsync($"{place.Base}/membres/{place.Member.Id}/retrait"),
                owner.PostAsync($"{place.Base}/depart"));

            Assert.All(answers, a => Assert.True(a.Status is HttpStatusCode.OK or HttpStatusCode.Forbidden or HttpStatusCode.NotFound, $"{a.Status} {a.Text}"));
            Assert.Empty(await place.FaultsAsync($"round {round}"));
        }
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Owner_SuspendedWhileHandingOver_OwnerIsAnActiveAccount(DatabaseProvider provider)
    {
        await using var instance = await Instance.StartAsync(provider);
        var place = await Place.SetAsync(instance);
        var admin = new Visitor(await instance.SignedInAsync((await new Scene(instance).MemberAsync("Ada Essai", admin: true)).Id));
        for (var round = 0; round < 3; round++)
        {
            await place.ResetAsync();
            var owner = await place.AsAsync(place.Owner);
            foreach (var visitor in new[] { owner, admin }) await visitor.PostAsync("/groupes/nulle-part/depart");

            await Task.WhenAll(
                owner.PostAsync($"{place.Base}/membres/{place.Member.Id}/cession"),
                admin.PostAsync($"/administration/membres/{place.Member.Id}", ("_handler", "suspension")),
                admin.PostAsync($"/administration/membres/{place.Owner.Id}", ("_handler", "suspension")));

            Assert.Empty(await place.FaultsAsync($"round {round}"));
            Assert.Equal(place.Animator.Id, await place.OwnerAsync());
        }
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Invitation_UsedTwentyTimesAtOnce_OneEntry(DatabaseProvider provider)
    {
        await using var instance = await Instance.StartAsync(provider);
        var place = await Place.SetAsync(instance);
        await (await place.AsAsync(place.Animator)).PostAsync($"{place.Base}/invitations", ("_handler", "adresses"), ("Addresses", place.Stranger.Email!));
        var link = Assert.Single(await LettersAsync(instance, place.Stranger)).LinkTo("/invitation/");
        var visitor = await place.AsAsync(place.Stranger);
        var page = await visitor.OpenAsync(link);
        await visitor.PostAsync("/groupes/nulle-part/depart");

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => visitor.PostAsync(link, ("_handler", "accepter"))));

        Assert.Contains("vous invite", page.Text, StringComparison.Ordinal);
        Assert.All(answers, a => Assert.Equal(HttpStatusCode.OK, a.Status));
        Assert.Contains(answers, a => a.Address == $"{place.Base}?fait=rejoint");
        Assert.Empty(await place.FaultsAsync(link));
        await using var db = instance.Open(Viewer.System);
        Assert.Equal(1, await db.Invitations.Where(i => i.Email == place.Stranger.Email).SumAsync(i => i.UseCount));
        Assert.Equal(1, await db.Memberships.CountAsync(m => m.MemberId == place.Stranger.Id && m.State == MembershipState.Active));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Request_AnsweredBothWaysAtOnce_FirstAnswerCounts(DatabaseProvider provider)
    {
        await using var instance = await Instance.StartAsync(provider);
        var place = await Place.SetAsync(instance);
        var animator = await place.AsAsync(place.Animator);
        await animator.PostAsync("/groupes/nulle-part/depart");

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => animator.PostAsync($"{place.Base}/demandes", (i % 2 == 0 ? "accepter" : "refuser", $"{place.Asking.Id}"))));

        Assert.All(answers, a => Assert.Equal(HttpStatusCode.OK, a.Status));
        Assert.Equal(11, answers.Count(a => a.Text.Contains("Un autre animateur avait déjà répondu", StringComparison.Ordinal)));
        Assert.Single(await LettersAsync(instance, place.Asking));
        Assert.Empty(await place.FaultsAsync("answers"));
    }

    [Fact]
    public async Task Gestures_WithoutOrWithAForeignToken_Refused()
    {
        await using var instance = await Instance.StartAsync();
        var place = await Place.SetAsync(instance);
        var foreign = (await (await place.AsAsync(place.Stranger)).OpenAsync("/groupes")).ValueOf("__RequestVerificationToken")!;
        var before = await place.PictureAsync();

        foreach (var (who, address, fields) in place.Gestures())
        {
            using var browser = await instance.SignedInAsync(who.Id);
            foreach (var token in new[] { null, foreign, "CfDJ8" })
            {
                using var form = new FormUrlEncodedContent([.. fields.Select(f => KeyValuePair.Create(f.Name, f.Value)), .. token is null ? Array.Empty<KeyValuePair<string, string>>() : [new("__RequestVerificationToken", token)]]);
                using var answer = await browser.PostAsync(address, form);
                Assert.Equal((HttpStatusCode.BadRequest, address), (answer.StatusCode, address));
            }
        }

        Assert.Equal(before, await place.PictureAsync());
    }

    private static async Task<IReadOnlyList<Letter>> LettersAsync(Instance instance, Member member)
    {
        await instance.SettleAsync();
        return [.. instance.Mails().Select(Letter.Of).Where(l => l.To.Equals(member.Email, StringComparison.OrdinalIgnoreCase))];
    }

    /// <summary>A group with somebody for every gesture.</summary>
    private sealed class Place
    {
        private readonly Instance _instance;
        private readonly Scene _scene;

        private Place(Instance instance, Scene scene) => (_instance, _scene) = (instance, scene);

        public Member Owner { get; private set; } = null!;
        public Member Animator { get; private set; } = null!;
        public Member Member { get; private set; } = null!;
        public Member Asking { get; private set; } = null!;
        public Member Stranger { get; private set; } = null!;
        public string Base => $"/groupes/{Group.Slug}";
        private Group Group { get; set; } = null!;
        private Guid Invitation { get; } = Guid.CreateVersion7();

        public static async Task<Place> SetAsync(Instance instance)
        {
            var scene = new Scene(instance);
            var place = new Place(instance, scene)
            {
                Owner = await scene.MemberAsync("Olga Essai"), Animator = await scene.MemberAsync("Anna Essai"), Member = await scene.MemberAsync("Max Essai"),
                Asking = await scene.MemberAsync("Dan Essai"), Stranger = await scene.MemberAsync("Zoé Essai"),
            };
            place.Group = await scene.GroupAsync("Gestes", place.Owner, joining: GroupJoining.Free, members: place.Member);
            await place.ResetAsync();
            return place;
        }

        /// <summary>Who posts what, where.</summary>
        public IEnumerable<(Member Who, string Address, (string Name, string Value)[] Fields)> Gestures() =>
        [
            (Stranger, $"{Base}/adhesion", []),
            (Member, $"{Base}/depart", []),
            (Asking, $"{Base}/depart", []),
            (Member, $"{Base}/rythme", [("niveau", "Everything")]),
            (Member, $"{Base}/charte", [("version", "0")]),
            (Animator, $"{Base}/demandes", [("accepter", $"{Asking.Id}"), ("mot", "Bienvenue")]),
            (Animator, $"{Base}/demandes", [("refuser", $"{Asking.Id}")]),
            (Animator, $"{Base}/membres/{Member.Id}/role", [("role", "Animator")]),
            (Animator, $"{Base}/membres/{Member.Id}/retrait", []),
            (Animator, $"{Base}/membres/lot", [("membre", $"{Member.Id}"), ("role", "Reader")]),
            (Animator, $"{Base}/membres/lot", [("membre", $"{Member.Id}"), ("membre", $"{Owner.Id}"), ("retirer", "oui")]),
            (Owner, $"{Base}/membres/{Member.Id}/cession", []),
            (Owner, $"{Base}/archivage", [("archiver", "true")]),
            (Owner, $"{Base}/archivage", [("archiver", "false")]),
            (Animator, $"{Base}/invitations/membre", [("inviter", Stranger.Handle)]),
            (Animator, $"{Base}/invitations/membre", [("ajouter", Stranger.Handle)]),
            (Animator, $"{Base}/invitations/liste", [("renvoyer", $"{Invitation}")]),
            (Animator, $"{Base}/invitations/liste", [("retirer", $"{Invitation}")]),
            (Animator, $"{Base}/invitations", [("_handler", "adresses"), ("Addresses", "nouvelle@essai.invalid")]),
            (Animator, $"{Base}/invitations", [("_handler", "lien"), ("Days", "7")]),
            (Animator, $"{Base}/reglages", Settings()),
            (Stranger, "/groupes/nouveau", [("_handler", "groupe"), ("Form.Id", $"{Guid.CreateVersion7()}"), .. Settings()[1..]]),
        ];

        public async Task<Visitor> AsAsync(Member member) => new(await _instance.SignedInAsync(member.Id));

        /// <summary>Everybody back to where they began.</summary>
        public async Task ResetAsync()
        {
            await using (var db = _instance.Open(Viewer.System))
            {
                var people = new[] { Owner.Id, Animator.Id, Member.Id, Asking.Id, Stranger.Id };
                await db.Members.Where(m => people.Contains(m.Id)).ExecuteUpdateAsync(set => set.SetProperty(m => m.State, MemberState.Active));
                await db.Memberships.Where(m => m.GroupId == Group.Id && m.MemberId == Stranger.Id).ExecuteDeleteAsync();
                await db.Groups.Where(g => g.Id == Group.Id).ExecuteUpdateAsync(set => set.SetProperty(g => g.ArchivedAt, (DateTime?)null));
                await db.Invitations.Where(i => i.GroupId == Group.Id).ExecuteDeleteAsync();
                db.Invitations.Add(new Invitation { Id = Invitation, GroupId = Group.Id, Email = "attendue@essai.invalid", TokenHash = Guid.NewGuid().ToString("N"), InvitedById = Owner.Id, SentAt = DateTime.UtcNow.AddHours(-1), ExpiresAt = DateTime.UtcNow.AddDays(1) });
                await db.SaveChangesAsync();
            }

            await _scene.JoinAsync(Group, Owner, GroupRole.Owner);
            await _scene.JoinAsync(Group, Animator, GroupRole.Animator);
            await _scene.JoinAsync(Group, Member);
            await _scene.JoinAsync(Group, Asking, state: MembershipState.Requested);
        }

        /// <summary>What is wrong with the group after a gesture: not exactly one owner whose account is open, or a wrong count.</summary>
        public async Task<IReadOnlyList<string>> FaultsAsync(string after)
        {
            await using var db = _instance.Open(Viewer.System);
            var active = db.Memberships.Where(m => m.GroupId == Group.Id && m.State == MembershipState.Active);
            var (owners, members) = (await active.CountAsync(m => m.Role == GroupRole.Owner && m.Member!.State == MemberState.Active), await active.CountAsync());
            var all = await active.CountAsync(m => m.Role == GroupRole.Owner);
            var count = await db.Groups.Where(g => g.Id == Group.Id).Select(g => g.MemberCount).SingleAsync();
            return (owners, all, members) == (1, 1, count) ? [] : [$"{after}: {owners} open of {all} owners, {members} members, count {count}"];
        }

        public async Task<Guid> OwnerAsync()
        {
            await using var db = _instance.Open(Viewer.System);
            return await db.Memberships.Where(m => m.GroupId == Group.Id && m.Role == GroupRole.Owner).Select(m => m.MemberId).SingleAsync();
        }

        /// <summary>All that the gestures could have changed.</summary>
        public async Task<string> PictureAsync()
        {
            await using var db = _instance.Open(Viewer.System);
            var memberships = await db.Memberships.OrderBy(m => m.MemberId).Select(m => $"{m.GroupId} {m.MemberId} {m.State} {m.Role} {m.MailLevel}").ToListAsync();
            var invitations = await db.Invitations.OrderBy(i => i.Id).Select(i => $"{i.TokenHash} {i.WithdrawnAt}").ToListAsync();
            var groups = await db.Groups.OrderBy(g => g.Id).Select(g => $"{g.Slug} {g.Version} {g.ArchivedAt}").ToListAsync();
            return string.Join('\n', [.. memberships, .. invitations, .. groups]);
        }

        private static (string Name, string Value)[] Settings() =>
        [
            ("_handler", "groupe"), ("Form.Name", "Gestes"), ("Form.Summary", "Une phrase."), ("Form.Kind", "Mixed"), ("Form.Visibility", "AllMembers"), ("Form.Joining", "Free"), ("Form.Ceiling", "Public"),
            ("Form.DefaultAudience", "Group"), ("Form.DefaultMailLevel", "NewThreads"), ("outils", "forum"), ("createurs-forum", "Member"),
        ];
    }
}
