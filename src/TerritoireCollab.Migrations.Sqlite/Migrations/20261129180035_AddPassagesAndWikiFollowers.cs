using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace TerritoireCollab.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class AddPassagesAndWikiFollowers : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Quote",
                table: "Comments",
                type: "TEXT",
                maxLength: 500,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "QuotePrefix",
                table: "Comments",
                type: "TEXT",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "QuoteSuffix",
                table: "Comments",
                type: "TEXT",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "ResolvedAt",
                table: "Comments",
                type: "TEXT",
                precision: 6,
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "ResolvedById",
                table: "Comments",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "WikiFollowers",
                columns: table => new
                {
                    GroupId = table.Column<Guid>(type: "TEXT", nullable: false),
                    MemberId = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_WikiFollowers", x => new { x.GroupId, x.MemberId });
                    table.ForeignKey(
                        name: "FK_WikiFollowers_Groups_GroupId",
                        column: x => x.GroupId,
                        principalTable: "Groups",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_WikiFollowers_MemberId",
                table: "WikiFollowers",
                column: "MemberId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "WikiFollowers");

            // By SQLite itself: the framework would write the whole table anew outside of the transaction.
            migrationBuilder.Sql("""ALTER TABLE "Comments" DROP COLUMN "Quote";""");
            migrationBuilder.Sql("""ALTER TABLE "Comments" DROP COLUMN "QuotePrefix";""");
            migrationBuilder.Sql("""ALTER TABLE "Comments" DROP COLUMN "QuoteSuffix";""");
            migrationBuilder.Sql("""ALTER TABLE "Comments" DROP COLUMN "ResolvedAt";""");
            migrationBuilder.Sql("""ALTER TABLE "Comments" DROP COLUMN "ResolvedById";""");
        }
    }
}
