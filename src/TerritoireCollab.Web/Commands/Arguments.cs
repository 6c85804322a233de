using System.Globalization;
using TerritoireCollab.Platform;
using TerritoireCollab.Web.Resources;

namespace TerritoireCollab.Web.Commands;

/// <summary>A command was written wrong. The message says where.</summary>
internal sealed class UsageException(string message) : Exception(message);

/// <summary>What stands behind the name of a command: <c>--option value</c> or <c>--option=value</c>, <c>--flag</c>, and plain words.</summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, string> _options = [];
    private readonly HashSet<string> _flags = [];
    private readonly List<string> _values = [];

    private Arguments()
    {
    }

    public string this[int index] => _values[index];

    public IReadOnlyList<string> Values => _values;

    /// <exception cref="UsageException">An unknown or repeated option, a missing value, too few or too many words.</exception>
    public static Arguments Parse(string[] args, Command command)
    {
        var parsed = new Arguments();
        for (var at = 0; at < args.Length; at++)
        {
            if (!args[at].StartsWith("--", StringComparison.Ordinal))
            {
                parsed._values.Add(args[at]);
                continue;
            }

            var (name, given) = args[at][2..].Split('=', 2) is [var before, var after] ? (before, after) : (args[at][2..], null);
            if (given is null && command.Flags.Contains(name)) parsed._flags.Add(name);
            else if (!command.Options.Contains(name)) throw new UsageException(CommandTexts.UnknownOption.With(args[at]));
            else if ((given ?? (++at < args.Length ? args[at] : null)) is not { Length: > 0 } value) throw new UsageException(CommandTexts.MissingValue.With(name));
            else if (!parsed._options.TryAdd(name, value)) throw new UsageException(CommandTexts.RepeatedOption.With(name));
        }

        var most = command.MostValues ?? command.Values;
        if (parsed._values.Count > most) throw new UsageException(CommandTexts.TooManyWords.With(parsed._values[most]));
        if (parsed._values.Count < command.Values) throw new UsageException(CommandTexts.TooFewWords);
        return parsed;
    }

    public bool Has(string flag) => _flags.Contains(flag);

    public string? Option(string name) => _options.GetValueOrDefault(name);

    /// <exception cref="UsageException">It is not there.</exception>
    public string Required(string name) => Option(name) ?? throw new UsageException(CommandTexts.MissingOption.With(name));

    /// <exception cref="UsageException">It is not a number within the bounds.</exception>
    public int Number(string name, int least, int most, int otherwise)
    {
        if (Option(name) is not { } text) return otherwise;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw new UsageException(CommandTexts.NotANumber.With(name, least, most));
    }
}
