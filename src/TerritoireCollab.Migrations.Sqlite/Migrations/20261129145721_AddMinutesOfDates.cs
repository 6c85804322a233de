using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace TerritoireCollab.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class AddMinutesOfDates : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_AgendaDecisions_ItemId_Position",
                table: "AgendaDecisions");

            migrationBuilder.AddColumn<DateTime>(
                name: "Key",
                table: "AgendaDecisions",
                type: "TEXT",
                precision: 6,
                nullable: false,
                defaultValue: new DateTime(1, 1, 1, 0, 0, 0, 0, DateTimeKind.Unspecified));

            migrationBuilder.CreateTable(
                name: "AgendaMinutes",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    ItemId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Key = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: false),
                    Text = table.Column<string>(type: "TEXT", nullable: true),
                    Html = table.Column<string>(type: "TEXT", nullable: true),
                    CameToo = table.Column<string>(type: "TEXT", maxLength: 2500, nullable: false),
                    WriterId = table.Column<Guid>(type: "TEXT", nullable: true),
                    At = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: false),
                    ReplacedAt = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: true),
                    Decided = table.Column<string>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AgendaMinutes", x => x.Id);
                    table.ForeignKey(
                        name: "FK_AgendaMinutes_Items_ItemId",
                        column: x => x.ItemId,
                        principalTable: "Items",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_AgendaMinutes_Members_WriterId",
                        column: x => x.WriterId,
                        principalTable: "Members",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_AgendaMinutes_ItemId_Key",
                table: "AgendaMinutes",
                columns: new[] { "ItemId", "Key" });

            migrationBuilder.CreateIndex(
                name: "IX_AgendaMinutes_WriterId",
                table: "AgendaMinutes",
                column: "WriterId");

            // Minutes and decisions were those of the whole event: they are given to the date where somebody was ticked as there, or else to the last that
            // was over when the event was changed last.
            migrationBuilder.Sql("""
                INSERT INTO "AgendaMinutes" ("Id", "ItemId", "Key", "Text", "Html", "CameToo", "WriterId", "At", "ReplacedAt", "Decided")
                SELECT upper(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-' || hex(randomblob(2)) || '-' || hex(randomblob(2)) || '-' || hex(randomblob(6))), e."Id", COALESCE(
                  (SELECT MAX(r."Key") FROM "AgendaRegistrations" r WHERE r."ItemId" = e."Id" AND r."WasThere" IS NOT NULL),
                  (SELECT MAX(d."Key") FROM "AgendaDates" d WHERE d."ItemId" = e."Id" AND d."EndUtc" <= i."UpdatedAt"),
                  e."StartLocal"), e."Minutes", e."MinutesHtml", '', NULL, i."UpdatedAt", NULL, NULL
                FROM "AgendaEvents" e INNER JOIN "Items" i ON i."Id" = e."Id"
                WHERE e."Minutes" IS NOT NULL OR EXISTS (SELECT 1 FROM "AgendaDecisions" d WHERE d."ItemId" = e."Id");
                """);
            migrationBuilder.Sql("""UPDATE "AgendaDecisions" SET "Key" = (SELECT MAX(m."Key") FROM "AgendaMinutes" m WHERE m."ItemId" = "AgendaDecisions"."ItemId");""");

            // By SQLite itself: the framework would write the whole table anew outside of the transaction, and leave half of it where that is cut short.
            migrationBuilder.Sql("""ALTER TABLE "AgendaEvents" DROP COLUMN "Minutes";""");
            migrationBuilder.Sql("""ALTER TABLE "AgendaEvents" DROP COLUMN "MinutesHtml";""");

            migrationBuilder.CreateIndex(
                name: "IX_AgendaDecisions_ItemId_Key_Position",
                table: "AgendaDecisions",
                columns: new[] { "ItemId", "Key", "Position" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Minutes",
                table: "AgendaEvents",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "MinutesHtml",
                table: "AgendaEvents",
                type: "TEXT",
                nullable: true);

            // The last date that has minutes speaks for the whole event.
            migrationBuilder.Sql("""
                UPDATE "AgendaEvents" SET
                  "Minutes" = (SELECT m."Text" FROM "AgendaMinutes" m WHERE m."ItemId" = "AgendaEvents"."Id" AND m."ReplacedAt" IS NULL AND m."Key" = (SELECT MAX(o."Key") FROM "AgendaMinutes" o WHERE o."ItemId" = m."ItemId" AND o."ReplacedAt" IS NULL)),
                  "MinutesHtml" = (SELECT m."Html" FROM "AgendaMinutes" m WHERE m."ItemId" = "AgendaEvents"."Id" AND m."ReplacedAt" IS NULL AND m."Key" = (SELECT MAX(o."Key") FROM "AgendaMinutes" o WHERE o."ItemId" = m."ItemId" AND o."ReplacedAt" IS NULL));
                """);

            migrationBuilder.DropTable(
                name: "AgendaMinutes");

            migrationBuilder.DropIndex(
                name: "IX_AgendaDecisions_ItemId_Key_Position",
                table: "AgendaDecisions");

            migrationBuilder.DropColumn(
                name: "Key",
                table: "AgendaDecisions");

            migrationBuilder.CreateIndex(
                name: "IX_AgendaDecisions_ItemId_Position",
                table: "AgendaDecisions",
                columns: new[] { "ItemId", "Position" });
        }
    }
}
