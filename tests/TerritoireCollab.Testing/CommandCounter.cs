using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Testing;

/// <summary>Counts the commands that an instance sends to its database to answer a request: what runs beside would count for a page or not, as it falls.</summary>
public sealed class CommandCounter : DbCommandInterceptor
{
    private readonly ConcurrentQueue<string> _commands = new();
    private readonly HttpContextAccessor _requests = new();

    /// <summary>Whether the commands count too that no request asks for.</summary>
    public bool OfJobsToo { get; init; }

    /// <summary>Puts it into the services of an instance: hand this method to <c>Instance.StartAsync</c>.</summary>
    public void Watch(IServiceCollection services) => services.AddHttpContextAccessor().ConfigureDbContext<AppDbContext>(options => options.AddInterceptors(this));

    /// <summary>Forgets what was counted so far.</summary>
    public void Clear() => _commands.Clear();

    /// <summary>Texts of the commands since the last <see cref="Clear"/>.</summary>
    public IReadOnlyList<string> Commands => [.. _commands];

    /// <inheritdoc />
    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default) => Count(command, result);

    /// <inheritdoc />
    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default) => Count(command, result);

    /// <inheritdoc />
    public override ValueTask<InterceptionResult<object>> ScalarExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default) => Count(command, result);

    private ValueTask<InterceptionResult<T>> Count<T>(DbCommand command, InterceptionResult<T> result)
    {
        if ((OfJobsToo || _requests.HttpContext is not null) && !NotesPresence(command.CommandText)) _commands.Enqueue(command.CommandText);
        return new(result);
    }

    // Once a minute, whatever is asked for: the first visit of a minute would count what the next does not.
    private static bool NotesPresence(string command) => command.StartsWith("UPDATE", StringComparison.Ordinal) && command.Contains("\"LastSeenAt\" = ", StringComparison.Ordinal);
}
