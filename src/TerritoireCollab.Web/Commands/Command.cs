namespace TerritoireCollab.Web.Commands;

/// <summary>A command: its words, what it takes, and what it does.</summary>
internal sealed record Command
{
    /// <summary>Its name, such as <c>user create</c>.</summary>
    public required string Name { get; init; }

    /// <summary>How it is written, for who wrote it wrong.</summary>
    public required string Usage { get; init; }

    /// <summary>Names of the options that take a value.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>Names of the options without a value.</summary>
    public IReadOnlyList<string> Flags { get; init; } = [];

    /// <summary>How many words without a name it takes, at least.</summary>
    public int Values { get; init; }

    /// <summary>How many it takes at most; as many as at least when null.</summary>
    public int? MostValues { get; init; }

    /// <summary>Whether it goes on until it is stopped, and so says what happens.</summary>
    public bool IsService { get; init; }

    /// <summary>Does it with the services of the house, and returns the exit code.</summary>
    public Func<IHost, Arguments, CancellationToken, Task<int>>? RunAsync { get; init; }

    /// <summary>Does it where there is no house: no configuration is read, no folder is made, no database opened.</summary>
    public Func<Arguments, CancellationToken, Task<int>>? RunAloneAsync { get; init; }

    /// <summary>The words of its name.</summary>
    public IReadOnlyList<string> Words => Name.Split(' ');

    public bool IsNamedBy(string[] args) => args.Take(Words.Count).SequenceEqual(Words);
}
