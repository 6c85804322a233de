using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace TerritoireCollab.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class AddProgrammes : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<bool>(
                name: "IsByOthers",
                table: "AgendaEvents",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "Organisations",
                table: "AgendaEvents",
                type: "TEXT",
                maxLength: 300,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Programme",
                table: "AgendaEvents",
                type: "TEXT",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            // By SQLite itself: the framework would write the whole table anew outside of the transaction, and leave half of it where that is cut short.
            migrationBuilder.Sql("""ALTER TABLE "AgendaEvents" DROP COLUMN "IsByOthers";""");
            migrationBuilder.Sql("""ALTER TABLE "AgendaEvents" DROP COLUMN "Organisations";""");
            migrationBuilder.Sql("""ALTER TABLE "AgendaEvents" DROP COLUMN "Programme";""");
        }
    }
}
