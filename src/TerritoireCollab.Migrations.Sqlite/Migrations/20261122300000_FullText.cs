using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using TerritoireCollab.Platform.Data;

namespace TerritoireCollab.Migrations.Sqlite.Migrations;

/// <summary>The full-text table and the triggers that keep it in step: the model knows nothing of it.</summary>
[DbContext(typeof(AppDbContext))]
[Migration("20261122300000_FullText")]
public partial class FullText : Migration
{
    /// <inheritdoc />
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.Sql("CREATE VIRTUAL TABLE SearchFullText USING fts5(TitleStems, Stems, Scope, Place, content='', contentless_delete=1, tokenize='ascii');");
        migrationBuilder.Sql("""
            CREATE TRIGGER SearchDocuments_Insert AFTER INSERT ON SearchDocuments BEGIN
              INSERT INTO SearchFullText(rowid, TitleStems, Stems, Scope, Place) VALUES (new.Number, new.TitleStems, new.Stems, new.Scope, new.Place);
            END;
            """);
        migrationBuilder.Sql("""
            CREATE TRIGGER SearchDocuments_Delete AFTER DELETE ON SearchDocuments BEGIN
              DELETE FROM SearchFullText WHERE rowid = old.Number;
            END;
            """);
        migrationBuilder.Sql("""
            CREATE TRIGGER SearchDocuments_Update AFTER UPDATE ON SearchDocuments BEGIN
              DELETE FROM SearchFullText WHERE rowid = old.Number;
              INSERT INTO SearchFullText(rowid, TitleStems, Stems, Scope, Place) VALUES (new.Number, new.TitleStems, new.Stems, new.Scope, new.Place);
            END;
            """);
    }

    /// <inheritdoc />
    protected override void Down(MigrationBuilder migrationBuilder)
    {
        foreach (var trigger in (string[])["Insert", "Delete", "Update"]) migrationBuilder.Sql($"DROP TRIGGER SearchDocuments_{trigger};");
        migrationBuilder.Sql("DROP TABLE SearchFullText;");
    }
}
