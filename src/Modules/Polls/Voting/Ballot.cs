using System.Globalization;
using System.Security.Cryptography;
using TerritoireCollab.Platform.Content;
using TerritoireCollab.Platform.Members;

namespace TerritoireCollab.Polls.Voting;

/// <summary>That somebody voted, without what: a member, or an organisation by one of its members. One row, however often it is sent.</summary>
public sealed class PollVoter
{
    /// <summary>The poll.</summary>
    public required Guid ItemId { get; init; }

    /// <summary>The poll.</summary>
    public ContentItem Item { get; init; } = null!;

    /// <summary>Whose vote it is: the key of a member, or of an organisation.</summary>
    public required Guid VoterId { get; init; }

    /// <summary>The member who voted.</summary>
    public Guid? MemberId { get; set; }

    /// <summary>The member who voted.</summary>
    public Member? Member { get; init; }

    /// <summary>The organisation whose vote it is, in a poll with one vote for each.</summary>
    public Guid? OrganisationId { get; init; }

    /// <summary>The organisation whose vote it is, in a poll with one vote for each.</summary>
    public Organisation? Organisation { get; init; }
}

/// <summary>
/// What was voted. <see cref="Tag"/> leads to whoever gave it as long as the vote can be changed: the voter's key in a poll with names; in a secret one what a
/// key made of it that is destroyed at the end. The row holds no moment, and its key no order.
/// </summary>
public sealed class PollBallot
{
    /// <summary>Letters of a tag.</summary>
    public const int TagLength = 32;

    /// <summary>Longest reason, in characters.</summary>
    public const int ReasonLength = 1000;

    /// <summary>Longest list of marks, in characters.</summary>
    public const int MarksLength = 600;

    /// <summary>Key, drawn at random.</summary>
    public Guid Id { get; init; } = new Guid(RandomNumberGenerator.GetBytes(16));

    /// <summary>The poll.</summary>
    public required Guid ItemId { get; init; }

    /// <summary>The poll.</summary>
    public ContentItem Item { get; init; } = null!;

    /// <summary>What finds it again for whoever gave it.</summary>
    public required string Tag { get; init; }

    /// <summary>The options named, each with its mark: <c>3:1 5:2</c>.</summary>
    public required string Marks { get; set; }

    /// <summary>Why, in the voter's words.</summary>
    public string? Reason { get; set; }
}

/// <summary>The marks of a vote: the number of each option that it names, and what it gives it (1 where it is chosen, a rank, points, an answer to a date).</summary>
public static class Marks
{
    /// <summary>The answer to a date: it would do if need be.</summary>
    public const int IfNeedBe = 1;

    /// <summary>The answer to a date: yes.</summary>
    public const int Yes = 2;

    /// <summary>The marks as they are kept.</summary>
    public static string Write(IReadOnlyDictionary<int, int> marks) =>
        string.Join(' ', marks.OrderBy(m => m.Key).Select(m => string.Create(CultureInfo.InvariantCulture, $"{m.Key}:{m.Value}")));

    /// <summary>The marks that were kept.</summary>
    public static IReadOnlyDictionary<int, int> Read(string text) =>
        text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split(':')).ToDictionary(p => int.Parse(p[0], CultureInfo.InvariantCulture), p => int.Parse(p[1], CultureInfo.InvariantCulture));
}
