using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace TerritoireCollab.Migrations.Sqlite.Migrations
{
    /// <summary>Titles get an index of their own, so that looking in titles alone does not pass over the text of every comment; the newest public contents too.</summary>
    public partial class TitlesApart : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "IX_Items_Audience_CreatedAt",
                table: "Items",
                columns: new[] { "Audience", "CreatedAt" });

            foreach (var trigger in (string[])["Insert", "Delete", "Update"]) migrationBuilder.Sql($"DROP TRIGGER SearchDocuments_{trigger};");
            migrationBuilder.Sql("DROP TABLE SearchFullText;");
            migrationBuilder.Sql("CREATE VIRTUAL TABLE SearchFullText USING fts5(Stems, Scope, Place, content='', contentless_delete=1, tokenize='ascii');");
            migrationBuilder.Sql("CREATE VIRTUAL TABLE SearchTitles USING fts5(TitleStems, Scope, Place, content='', contentless_delete=1, tokenize='ascii');");
            migrationBuilder.Sql("INSERT INTO SearchFullText(rowid, Stems, Scope, Place) SELECT Number, Stems, Scope, Place FROM SearchDocuments;");
            migrationBuilder.Sql("INSERT INTO SearchTitles(rowid, TitleStems, Scope, Place) SELECT Number, TitleStems, Scope, Place FROM SearchDocuments WHERE TitleStems <> '';");
            migrationBuilder.Sql("""
                CREATE TRIGGER SearchDocuments_Insert AFTER INSERT ON SearchDocuments BEGIN
                  INSERT INTO SearchFullText(rowid, Stems, Scope, Place) VALUES (new.Number, new.Stems, new.Scope, new.Place);
                  INSERT INTO SearchTitles(rowid, TitleStems, Scope, Place) SELECT new.Number, new.TitleStems, new.Scope, new.Place WHERE new.TitleStems <> '';
                END;
                """);
            migrationBuilder.Sql("""
                CREATE TRIGGER SearchDocuments_Delete AFTER DELETE ON SearchDocuments BEGIN
                  DELETE FROM SearchFullText WHERE rowid = old.Number;
                  DELETE FROM SearchTitles WHERE rowid = old.Number;
                END;
                """);
            migrationBuilder.Sql("""
                CREATE TRIGGER SearchDocuments_Update AFTER UPDATE ON SearchDocuments BEGIN
                  DELETE FROM SearchFullText WHERE rowid = old.Number;
                  DELETE FROM SearchTitles WHERE rowid = old.Number;
                  INSERT INTO SearchFullText(rowid, Stems, Scope, Place) VALUES (new.Number, new.Stems, new.Scope, new.Place);
                  INSERT INTO SearchTitles(rowid, TitleStems, Scope, Place) SELECT new.Number, new.TitleStems, new.Scope, new.Place WHERE new.TitleStems <> '';
                END;
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            foreach (var trigger in (string[])["Insert", "Delete", "Update"]) migrationBuilder.Sql($"DROP TRIGGER SearchDocuments_{trigger};");
            migrationBuilder.Sql("DROP TABLE SearchTitles;");
            migrationBuilder.Sql("DROP TABLE SearchFullText;");
            migrationBuilder.Sql("CREATE VIRTUAL TABLE SearchFullText USING fts5(TitleStems, Stems, Scope, Place, content='', contentless_delete=1, tokenize='ascii');");
            migrationBuilder.Sql("INSERT INTO SearchFullText(rowid, TitleStems, Stems, Scope, Place) SELECT Number, TitleStems, Stems, Scope, Place FROM SearchDocuments;");
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

            migrationBuilder.DropIndex(
                name: "IX_Items_Audience_CreatedAt",
                table: "Items");
        }
    }
}
