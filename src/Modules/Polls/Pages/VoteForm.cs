using System.Globalization;
using Microsoft.AspNetCore.Http;
using TerritoireCollab.Polls.Voting;

namespace TerritoireCollab.Polls.Pages;

/// <summary>Reads a vote as its form posts it.</summary>
internal static class VoteForm
{
    /// <summary>Name of the field of an option, where each has one.</summary>
    public static string FieldOf(int number) => string.Create(CultureInfo.InvariantCulture, $"Option{number}");

    /// <summary>The vote; what cannot be read as a number is no part of it, and the rules say what is missing.</summary>
    public static VoteInput Read(IFormCollection form, Poll poll, IReadOnlyList<PollOption> options)
    {
        var marks = poll.Kind is PollKind.OneChoice or PollKind.Consent or PollKind.Multiple or PollKind.Approval
            ? form[CastVote.ChoiceField].Select(Number).OfType<int>().Distinct().ToDictionary(n => n, _ => 1)
            : options.Select(o => (o.Number, Mark: Number(form[FieldOf(o.Number)]))).Where(m => m.Mark is not null && (m.Mark != 0 || poll.Kind == PollKind.Dates)).ToDictionary(m => m.Number, m => m.Mark!.Value);
        return new(marks, form[CastVote.ReasonField], form[CastVote.ReplacesField] == "true");
    }

    // A figure that is out of all bounds is refused like one that is a little too high.
    private static int? Number(string? text) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : string.IsNullOrWhiteSpace(text) ? null : -1;
}
