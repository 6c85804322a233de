using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace TerritoireCollab.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class AddSeriesFeaturedQuotesAndCopies : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateTime>(
                name: "FeaturedAt",
                table: "Items",
                type: "TEXT",
                precision: 6,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Series",
                table: "Articles",
                type: "TEXT",
                maxLength: 80,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "SeriesKey",
                table: "Articles",
                type: "TEXT",
                maxLength: 80,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Series",
                table: "ArticleDrafts",
                type: "TEXT",
                maxLength: 80,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "BookmarkQuotes",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    ItemId = table.Column<Guid>(type: "TEXT", nullable: false),
                    AuthorId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Text = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: false),
                    Note = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    IsPrivate = table.Column<bool>(type: "INTEGER", nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: false),
                    RemovedAt = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_BookmarkQuotes", x => x.Id);
                    table.ForeignKey(
                        name: "FK_BookmarkQuotes_Items_ItemId",
                        column: x => x.ItemId,
                        principalTable: "Items",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "PageCopies",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    MemberId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Address = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    AddressKey = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Title = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Html = table.Column<string>(type: "TEXT", nullable: false),
                    At = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PageCopies", x => x.Id);
                    table.ForeignKey(
                        name: "FK_PageCopies_Members_MemberId",
                        column: x => x.MemberId,
                        principalTable: "Members",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "TagAliases",
                columns: table => new
                {
                    GroupId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Slug = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false),
                    Into = table.Column<string>(type: "TEXT", maxLength: 40, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TagAliases", x => new { x.GroupId, x.Slug });
                    table.ForeignKey(
                        name: "FK_TagAliases_Groups_GroupId",
                        column: x => x.GroupId,
                        principalTable: "Groups",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Items_FeaturedAt",
                table: "Items",
                column: "FeaturedAt");

            migrationBuilder.CreateIndex(
                name: "IX_Articles_SeriesKey",
                table: "Articles",
                column: "SeriesKey");

            migrationBuilder.CreateIndex(
                name: "IX_BookmarkQuotes_ItemId_At",
                table: "BookmarkQuotes",
                columns: new[] { "ItemId", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_BookmarkQuotes_RemovedAt",
                table: "BookmarkQuotes",
                column: "RemovedAt");

            migrationBuilder.CreateIndex(
                name: "IX_PageCopies_MemberId_AddressKey",
                table: "PageCopies",
                columns: new[] { "MemberId", "AddressKey" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_PageCopies_MemberId_At",
                table: "PageCopies",
                columns: new[] { "MemberId", "At" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "BookmarkQuotes");

            migrationBuilder.DropTable(
                name: "PageCopies");

            migrationBuilder.DropTable(
                name: "TagAliases");

            migrationBuilder.DropIndex(
                name: "IX_Items_FeaturedAt",
                table: "Items");

            migrationBuilder.DropIndex(
                name: "IX_Articles_SeriesKey",
                table: "Articles");

            // By SQLite itself: the framework would write the whole tables anew outside of the transaction.
            migrationBuilder.Sql("""ALTER TABLE "Items" DROP COLUMN "FeaturedAt";""");
            migrationBuilder.Sql("""ALTER TABLE "Articles" DROP COLUMN "Series";""");
            migrationBuilder.Sql("""ALTER TABLE "Articles" DROP COLUMN "SeriesKey";""");
            migrationBuilder.Sql("""ALTER TABLE "ArticleDrafts" DROP COLUMN "Series";""");
        }
    }
}
