using TerritoireCollab.Platform.Activities;
using TerritoireCollab.Platform.Attachments;
using TerritoireCollab.Platform.Comments;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Files;
using TerritoireCollab.Platform.Groups;
using TerritoireCollab.Platform.Notifications;
using TerritoireCollab.Platform.Reactions;
using TerritoireCollab.Platform.Search;
using TerritoireCollab.Platform.Subscriptions;
using TerritoireCollab.Platform.Tags;
using TerritoireCollab.Platform.Text;

namespace TerritoireCollab.Platform.Modules.Demo;

/// <summary>
/// Publishes contents of the demo territory in bulk, with all that publishing them one by one would have left: answers, counters, tags,
/// reactions, followings, reading marks, files, activities (dispatched, so that nobody is mailed) and search documents.
/// </summary>
public sealed class DemoPublisher(DemoContext context)
{
    private const int RowsInBatch = 1_200;
    private const int NewsDays = 45;
    private const int FreshDays = 30;

    /// <summary>A tool's own rows for a content: its entity under the key of the shared row, and what hangs on it.</summary>
    public delegate IEnumerable<object> ToolRows(DemoPost post, ContentItem item, RenderedBody body);

    /// <summary>Publishes <paramref name="posts"/>; one batch is written while the next is rendered.</summary>
    public async Task PublishAsync(IEnumerable<DemoPost> posts, ToolRows rows, CancellationToken cancellation)
    {
        Task writing = Task.CompletedTask;
        foreach (var batch in Batches(posts))
        {
            var files = await StoreAsync(batch, cancellation);
            var built = new List<object>[batch.Count];
            await Parallel.ForAsync(0, batch.Count, cancellation, (at, _) =>
            {
                built[at] = new PostRows(context, batch[at]).Build(rows);
                return ValueTask.CompletedTask;
            });
            await writing;
            foreach (var post in batch) Touch(post);
            writing = context.InsertAsync(files.Concat(built.SelectMany(b => b)), cancellation);
        }

        await writing;
    }

    private static IEnumerable<List<DemoPost>> Batches(IEnumerable<DemoPost> posts)
    {
        var batch = new List<DemoPost>();
        var rows = 0;
        foreach (var post in posts)
        {
            batch.Add(post);
            rows += post.Answers.Count + 1;
            if (rows < RowsInBatch) continue;

            yield return batch;
            (batch, rows) = ([], 0);
        }

        if (batch.Count > 0) yield return batch;
    }

    private async Task<List<object>> StoreAsync(List<DemoPost> posts, CancellationToken cancellation)
    {
        var added = new List<object>();
        foreach (var post in posts)
            added.AddRange(await context.StoreNewAsync(post.Files.Concat(post.Answers.SelectMany(a => a.Files)), post.At, cancellation));
        return added;
    }

    private static void Touch(DemoPost post)
    {
        var last = post.Answers.Count == 0 ? post.At : post.Answers[^1].At;
        if (last > post.Group.LastActivityAt) post.Group.LastActivityAt = last;
    }

    /// <summary>The rows of one content.</summary>
    private sealed class PostRows(DemoContext context, DemoPost post)
    {
        private readonly List<object> _rows = [];
        private readonly DemoRandom _random = context.Random.Fork($"{post.Kind}/{post.Group.Slug}/{post.Title}/{post.At:O}");
        private readonly DateTime _freshSince = context.At(FreshDays, 0, 0);
        private readonly DateTime _newsSince = context.At(NewsDays, 0, 0);

        public List<object> Build(ToolRows toolRows)
        {
            var item = Item();
            var html = RichText.Render(post.Body, RichTextContext.Empty);
            _rows.Add(item);
            _rows.AddRange(toolRows(post, item, new RenderedBody(html, Bodies.Renderer, [])));

            var tags = TagList.Parse(string.Join(',', post.Tags));
            _rows.AddRange(tags.Select(t => new TagLink { ItemId = item.Id, Slug = t.Slug, Name = t.Name }));
            React(item.Id, item.Id, post.Author, post.At, post.Thanks, post.Useful);
            Attach(item.Id, null, post.Files, post.At);
            var created = Record(ActivityKinds.ItemCreated, item.Id, null, post.Author, post.At);
            if (context.Modules.Kind(post.Kind).Can(Capability.Searchable))
                context.Index(IndexConsumer.Document(item.Id, post.Kind, item, null, item.Title, $"{PlainText.FromHtml(html)}\n{post.FurtherText}".Trim(), string.Join(' ', tags.Select(t => t.Name)), post.At));

            var answers = Answer(item, html);
            Follow(item, created, answers);
            return _rows;
        }

        private ContentItem Item()
        {
            var last = post.Answers.Count == 0 ? null : post.Answers[^1];
            return new ContentItem
            {
                Id = context.NewKey(),
                ShortId = ShortIds.New(),
                Kind = post.Kind,
                GroupId = post.Group.Id,
                AuthorId = post.Author.Id,
                OrganisationId = post.Author.OrganisationId,
                Audience = post.Audience,
                Title = post.Title.Length > ContentItem.TitleLength ? post.Title[..ContentItem.TitleLength] : post.Title,
                Excerpt = Excerpt.Of(post.Body, ContentItem.ExcerptLength),
                CreatedAt = post.At,
                UpdatedAt = post.At,
                LastActivityAt = last?.At ?? post.At,
                LastActorId = last?.Author.Id ?? post.Author.Id,
                LastCommentNumber = post.Answers.Count,
                CommentCount = post.Answers.Count,
                AttachmentCount = post.Files.Count + post.Answers.Sum(a => a.Files.Count),
                ThanksCount = Givers(post.Author, post.At, post.Thanks),
                UsefulCount = Givers(post.Author, post.At, post.Useful),
                PinnedAt = post.IsPinned ? post.At : null,
                FeaturedAt = post.FeaturedAt,
                LockedAt = post.IsLocked ? last?.At ?? post.At : null,
            };
        }

        private List<Activity> Answer(ContentItem item, string html)
        {
            var roots = new int[post.Answers.Count + 1];
            var activities = new List<Activity>(post.Answers.Count);
            for (var number = 1; number <= post.Answers.Count; number++)
            {
                var answer = post.Answers[number - 1];
                roots[number] = answer.ReplyTo is { } parent ? roots[parent] : number;
                var passage = answer.Quote is { } quote ? new PassageText(html).Take(quote, null) ?? throw new InvalidOperationException($"{item.Title} does not say « {quote} ».") : null;
                var comment = new Comment
                {
                    Id = context.NewKey(),
                    ItemId = item.Id,
                    Number = number,
                    RootNumber = roots[number],
                    ParentNumber = answer.ReplyTo,
                    AuthorId = answer.Author.Id,
                    OrganisationId = answer.Author.OrganisationId,
                    Body = answer.Body,
                    BodyHtml = RichText.Render(answer.Body, RichTextContext.Empty),
                    BodyRenderer = Bodies.Renderer,
                    Quote = passage?.Quote,
                    QuotePrefix = passage?.Prefix,
                    QuoteSuffix = passage?.Suffix,
                    CreatedAt = answer.At,
                    ThanksCount = Givers(answer.Author, answer.At, answer.Thanks),
                    UsefulCount = Givers(answer.Author, answer.At, answer.Useful),
                };
                _rows.Add(comment);
                context.Index(IndexConsumer.Document(comment.Id, "comment", item, number, item.Title, PlainText.FromHtml(comment.BodyHtml), "", answer.At));
                React(comment.Id, item.Id, answer.Author, answer.At, answer.Thanks, answer.Useful);
                Attach(item.Id, comment.Id, answer.Files, answer.At);
                activities.Add(Record(ActivityKinds.CommentCreated, item.Id, comment.Id, answer.Author, answer.At));
            }

            return activities;
        }

        // Whoever wrote follows and has read as far as its own last answer. The demo accounts have read what is old, and some of what is fresh.
        private void Follow(ContentItem item, Activity created, List<Activity> answers)
        {
            var marks = new Dictionary<Guid, (int Number, DateTime At)> { [post.Author.Id] = (0, post.At) };
            for (var number = 1; number <= post.Answers.Count; number++) marks[post.Answers[number - 1].Author.Id] = (number, post.Answers[number - 1].At);
            var followers = marks.Keys.ToHashSet();

            foreach (var seat in post.Group.Seats.Where(s => s.Member.Account is not null))
            {
                var account = seat.Member.Id;
                if (item.LastActivityAt < _freshSince || _random.Chance(25)) marks[account] = (item.LastCommentNumber, context.Past(item.LastActivityAt.AddHours(5)));
                else if (item.LastCommentNumber > 1 && _random.Chance(40)) marks[account] = (Math.Max(marks.GetValueOrDefault(account).Number, item.LastCommentNumber - _random.Between(1, 3)), item.LastActivityAt);
                Tell(seat, created, answers, followers.Contains(account), marks.TryGetValue(account, out var mark) ? mark.Number : null);
            }

            _rows.AddRange(followers.Select(member => new Subscription { ItemId = item.Id, MemberId = member, Following = Following.Followed }));
            _rows.AddRange(marks.Select(m => new ReadMark { ItemId = item.Id, MemberId = m.Key, Number = Math.Max(0, m.Value.Number), At = m.Value.At }));
        }

        private void Tell(DemoSeat seat, Activity created, List<Activity> answers, bool follows, int? read)
        {
            if (!context.Modules.Kind(post.Kind).Can(Capability.Streamed)) return;
            if (created.At > _newsSince && created.ActorId != seat.Member.Id && seat.Level > MailLevel.Nothing)
                context.News.Tell(seat.Member, created, NotificationReason.Group, read is null);

            for (var number = 1; number <= answers.Count; number++)
            {
                var activity = answers[number - 1];
                if (activity.At <= _newsSince || activity.ActorId == seat.Member.Id) continue;

                var answered = post.Answers[number - 1].ReplyTo is { } parent ? post.Answers[parent - 1].Author : post.Author;
                if (answered.Id == seat.Member.Id) context.News.Tell(seat.Member, activity, NotificationReason.Author, number > (read ?? 0));
                else if (follows) context.News.Tell(seat.Member, activity, NotificationReason.Following, number > (read ?? 0));
                else if (seat.Level == MailLevel.Everything) context.News.Tell(seat.Member, activity, NotificationReason.Group, number > (read ?? 0));
            }
        }

        private Activity Record(string kind, Guid itemId, Guid? commentId, DemoMember actor, DateTime at)
        {
            var activity = new Activity { Id = context.NewKey(), Kind = kind, ItemId = itemId, CommentId = commentId, GroupId = post.Group.Id, ActorId = actor.Id, At = at, DispatchedAt = at };
            _rows.Add(activity);
            return activity;
        }

        private int Givers(DemoMember author, DateTime at, int wanted) => wanted == 0 ? 0 : Math.Min(wanted, Readers(author, at).Count);

        private void React(Guid targetId, Guid itemId, DemoMember author, DateTime at, int thanks, int useful)
        {
            foreach (var (kind, count) in new[] { (ReactionKind.Thanks, thanks), (ReactionKind.Useful, useful) })
            {
                if (count == 0) continue;
                _rows.AddRange(_random.Sample(Readers(author, at), count).Select(giver => new Reaction
                {
                    TargetId = targetId, MemberId = giver.Id, Kind = kind, ItemId = itemId, At = context.Past(at.AddMinutes(_random.Between(5, 600))),
                }));
            }
        }

        private List<DemoMember> Readers(DemoMember author, DateTime at)
        {
            var daysAgo = (context.At(0, 0, 0) - at).TotalDays;
            return [.. post.Group.Seats.Where(s => s.Role >= GroupRole.Member && s.DaysHere > daysAgo && s.Member.Id != author.Id).Select(s => s.Member)];
        }

        private void Attach(Guid itemId, Guid? commentId, IReadOnlyList<DemoFile> attached, DateTime at)
        {
            foreach (var file in attached)
            {
                _rows.Add(new Attachment { Id = context.NewKey(), ItemId = itemId, CommentId = commentId, FileId = context.StoredFiles[file.Sha256], Name = FileNames.Clean(file.Name), CreatedAt = at });
                at = AttachmentWriter.After(at);
            }
        }
    }
}
