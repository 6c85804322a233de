using TerritoireCollab.Platform;
using TerritoireCollab.Platform.Access;
using TerritoireCollab.Polls.Creating;

namespace TerritoireCollab.Polls;

/// <summary>What the programs of polls and of questionnaires send, as the fields of their forms hold it.</summary>
internal static class ApiFields
{
    /// <summary>The end, as the fields of a day and an hour.</summary>
    public static (string Day, string Hour) End(DateTimeOffset closes, Dates dates)
    {
        var local = dates.Local(closes.UtcDateTime);
        return (PollDetails.Typed(DateOnly.FromDateTime(local)), PollDetails.TypedHour(local));
    }

    /// <summary>Writes; what is wrong is said at the field that the program sent.</summary>
    /// <param name="write">Writes.</param>
    /// <param name="named">The field of a program, by that of the form.</param>
    public static async Task<T> NamedAsync<T>(Func<Task<T>> write, Func<string, string> named)
    {
        try
        {
            return await write();
        }
        catch (InvalidInputException invalid)
        {
            throw new InvalidInputException([.. invalid.Rules.Select(r => r with { Field = named(r.Field) })]);
        }
    }
}
