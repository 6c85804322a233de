namespace TerritoireCollab.Platform.Data;

/// <summary>The three databases that the product runs on.</summary>
public enum DatabaseProvider
{
    /// <summary>Embedded, one process.</summary>
    Sqlite = 0,
    /// <summary>PostgreSQL 15 or later.</summary>
    PostgreSql = 1,
    /// <summary>SQL Server 2019 or later; tested through TDS, not on Microsoft's server.</summary>
    SqlServer = 2,
}

/// <summary>Section <c>Territoire:Database</c> and the connection string <c>Territoire</c>.</summary>
public sealed record DatabaseOptions
{
    /// <summary>Which database.</summary>
    public required DatabaseProvider Provider { get; init; }

    /// <summary>How to reach it.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>Statements a batch; the provider's own default when null.</summary>
    public int? MaxBatchSize { get; init; }
}
