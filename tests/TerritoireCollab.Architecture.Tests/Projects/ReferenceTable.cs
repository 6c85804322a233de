namespace TerritoireCollab.Architecture.Tests.Projects;

/// <summary>Who may import whom: the one table, as docs/architecture.md tells it. A new reference is a decision, taken here.</summary>
internal static class ReferenceTable
{
    private const string Platform = "TerritoireCollab.Platform";
    private const string Ui = "TerritoireCollab.Ui";
    private const string Html = "TerritoireCollab.Markup";

    // A provider is named by the platform alone, and the scheduler too.
    private static readonly string[] Providers =
    [
        "Microsoft.EntityFrameworkCore.Sqlite", "Microsoft.EntityFrameworkCore.SqlServer", "Microsoft.Data.Sqlite", "Microsoft.Data.SqlClient",
        "Npgsql", "Npgsql.EntityFrameworkCore.PostgreSQL", "SQLitePCLRaw.core", "Quartz",
    ];

    /// <summary>Differences between what a project refers to and what the table gives it.</summary>
    public static IEnumerable<Violation> Check(IReadOnlyList<ProjectFile> projects)
    {
        foreach (var project in projects)
        {
            if (Row(project, projects) is not { } row)
            {
                yield return new(project.Name, project.Path, "stands in no row of the table.");
                continue;
            }

            foreach (var name in Differences(project.Projects, row.Projects)) yield return new(project.Name, project.Path, $"project reference {name}.");
            foreach (var name in Differences(project.Packages, row.Packages)) yield return new(project.Name, project.Path, $"package reference {name}.");
        }
    }

    /// <summary>Assemblies that a project's assembly refers to although the table does not give them, even by way of another project.</summary>
    public static IEnumerable<Violation> CheckAssembly(string name, IEnumerable<string> referenced, IReadOnlyList<ProjectFile> projects)
    {
        var reachable = Reachable(name, projects);
        var forbidden = Forbidden(name);
        foreach (var other in referenced)
        {
            var isOurs = projects.Any(p => p.Name == other);
            if (isOurs && !reachable.Contains(other)) yield return new(name, name, $"its assembly refers to {other}, which its project does not reach.");
            if (forbidden.Any(f => other == f || (f.EndsWith('*') && other.StartsWith(f[..^1], StringComparison.Ordinal)))) yield return new(name, name, $"its assembly refers to {other}, which is not for it.");
        }
    }

    private static (IReadOnlyCollection<string> Projects, IReadOnlyCollection<string> Packages)? Row(ProjectFile project, IReadOnlyList<ProjectFile> all)
    {
        var modules = all.Where(p => p.IsModule).Select(p => p.Name);
        var migrations = all.Where(p => p.IsMigrations).Select(p => p.Name);
        return project switch
        {
            { IsModule: true } => ([Platform, Ui], []),
            { IsMigrations: true } => ([Platform, .. modules], ["Microsoft.EntityFrameworkCore.Design"]),
            { Name: Html } => ([], ["AngleSharp"]),
            { Name: "TerritoireCollab.Syndication" } => ([Html], []),
            { Name: "TerritoireCollab.Calendar" } => ([], []),
            { Name: "TerritoireCollab.Documents" } => ([], ["Markdig", "PDFsharp", "System.IO.Hashing"]),
            { Name: "TerritoireCollab.Mime" } => ([], ["AngleSharp", "MailKit"]),
            { Name: "Microsoft.SqlServer.Server" or "TerritoireCollab.Coediting" } => ([], []),
            { Name: Ui } => ([Platform], []),
            { Name: "TerritoireCollab.Web" } => ([Platform, Ui, .. migrations, .. modules], ["Microsoft.AspNetCore.OpenApi", "System.IO.Hashing"]),
            { Name: Platform } => (["Microsoft.SqlServer.Server", "TerritoireCollab.Calendar", "TerritoireCollab.Coediting", Html, "TerritoireCollab.Documents", "TerritoireCollab.Mime", "TerritoireCollab.Syndication"],
            [
                "Microsoft.AspNetCore.Identity.EntityFrameworkCore",
                "Microsoft.EntityFrameworkCore.Sqlite", "SQLitePCLRaw.bundle_e_sqlite3", "SQLitePCLRaw.core",
                "Npgsql.EntityFrameworkCore.PostgreSQL",
                "Microsoft.EntityFrameworkCore.SqlServer", "Microsoft.Data.SqlClient", "Microsoft.Data.SqlClient.SNI.runtime",
                "Microsoft.IdentityModel.JsonWebTokens", "Microsoft.IdentityModel.Protocols.OpenIdConnect", "System.IdentityModel.Tokens.Jwt",
                "System.Configuration.ConfigurationManager", "System.Security.Cryptography.Pkcs",
                "Quartz", "Markdig", "DiffPlex", "CsvHelper", "SmartReader", "AWSSDK.S3",
            ]),
            _ => null,
        };
    }

    private static string[] Forbidden(string name) => name switch
    {
        Platform => ["TerritoireCollab.Ui", "TerritoireCollab.Web", "TerritoireCollab.Migrations.*"],
        Ui => ["Microsoft.EntityFrameworkCore*", "Microsoft.AspNetCore.Identity.EntityFrameworkCore", .. Providers],
        Html or "TerritoireCollab.Calendar" or "TerritoireCollab.Coediting" or "TerritoireCollab.Documents" or "TerritoireCollab.Syndication" or "TerritoireCollab.Mime" => ["Microsoft.AspNetCore*", "Microsoft.EntityFrameworkCore*", "Microsoft.Extensions*", .. Providers],
        // The host catches a provider's own failure while it starts; nothing else there names one.
        "TerritoireCollab.Web" => [.. Providers.Except(["Microsoft.Data.Sqlite"])],
        _ when name.StartsWith("TerritoireCollab.Migrations.", StringComparison.Ordinal) => ["TerritoireCollab.Web", "TerritoireCollab.Ui", "Quartz"],
        _ => Providers,
    };

    private static HashSet<string> Reachable(string name, IReadOnlyList<ProjectFile> projects)
    {
        var found = new HashSet<string>();
        var todo = new Queue<string>([name]);
        while (todo.TryDequeue(out var next))
            foreach (var reference in projects.FirstOrDefault(p => p.Name == next)?.Projects ?? new HashSet<string>())
                if (found.Add(reference)) todo.Enqueue(reference);
        return found;
    }

    private static IEnumerable<string> Differences(IReadOnlySet<string> has, IReadOnlyCollection<string> should) =>
        has.Except(should).Select(n => $"{n} is not in the table").Concat(should.Except(has).Select(n => $"{n} is in the table and missing"));
}
