using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace TerritoireCollab.Migrations.PostgreSql.Migrations
{
    /// <inheritdoc />
    public partial class AddRoomsOfGroups : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Comment",
                table: "Revisions",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Name",
                table: "Revisions",
                type: "character varying(100)",
                maxLength: 100,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Version",
                table: "Revisions",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<bool>(
                name: "HasCoAuthors",
                table: "Items",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "HomePlace",
                table: "GroupTools",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "IsOffHome",
                table: "GroupTools",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "LaunchTicks",
                table: "Groups",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "LaunchedAt",
                table: "Groups",
                type: "timestamp(6) with time zone",
                precision: 6,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "AgendaDateChanges",
                columns: table => new
                {
                    ItemId = table.Column<Guid>(type: "uuid", nullable: false),
                    Key = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: false),
                    IsCancelled = table.Column<bool>(type: "boolean", nullable: false),
                    StartLocal = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: true),
                    EndLocal = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: true),
                    Place = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AgendaDateChanges", x => new { x.ItemId, x.Key });
                    table.ForeignKey(
                        name: "FK_AgendaDateChanges_Items_ItemId",
                        column: x => x.ItemId,
                        principalTable: "Items",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "AgendaDates",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    ItemId = table.Column<Guid>(type: "uuid", nullable: false),
                    GroupId = table.Column<Guid>(type: "uuid", nullable: false),
                    Kind = table.Column<int>(type: "integer", nullable: false),
                    Key = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: false),
                    StartLocal = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: false),
                    EndLocal = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: false),
                    StartUtc = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: false),
                    EndUtc = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: false),
                    IsAllDay = table.Column<bool>(type: "boolean", nullable: false),
                    IsSeries = table.Column<bool>(type: "boolean", nullable: false),
                    Place = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    Commune = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    Attendance = table.Column<int>(type: "integer", nullable: false),
                    IsCancelled = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AgendaDates", x => x.Id);
                    table.ForeignKey(
                        name: "FK_AgendaDates_Items_ItemId",
                        column: x => x.ItemId,
                        principalTable: "Items",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "AgendaEvents",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Body = table.Column<string>(type: "text", nullable: false),
                    BodyHtml = table.Column<string>(type: "text", nullable: false),
                    BodyRenderer = table.Column<int>(type: "integer", nullable: false),
                    EditedAt = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: true),
                    Kind = table.Column<int>(type: "integer", nullable: false),
                    StartLocal = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: false),
                    EndLocal = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: false),
                    TimeZone = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    IsAllDay = table.Column<bool>(type: "boolean", nullable: false),
                    Rule = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true),
                    SpreadUntil = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: true),
                    Place = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    Commune = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    OnlineUrl = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    Contact = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    Price = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    Attendance = table.Column<int>(type: "integer", nullable: false),
                    Places = table.Column<int>(type: "integer", nullable: true),
                    ClosesBefore = table.Column<int>(type: "integer", nullable: false),
                    Questions = table.Column<string>(type: "character varying(1500)", maxLength: 1500, nullable: false),
                    CancelledAt = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: true),
                    Sequence = table.Column<int>(type: "integer", nullable: false),
                    Minutes = table.Column<string>(type: "text", nullable: true),
                    MinutesHtml = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AgendaEvents", x => x.Id);
                    table.ForeignKey(
                        name: "FK_AgendaEvents_Items_Id",
                        column: x => x.Id,
                        principalTable: "Items",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "AgendaRegistrations",
                columns: table => new
                {
                    ItemId = table.Column<Guid>(type: "uuid", nullable: false),
                    Key = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: false),
                    MemberId = table.Column<Guid>(type: "uuid", nullable: false),
                    Answer = table.Column<int>(type: "integer", nullable: false),
                    WaitingSince = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: true),
                    Attendance = table.Column<int>(type: "integer", nullable: false),
                    Answers = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    AnsweredAt = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: false),
                    WasThere = table.Column<bool>(type: "boolean", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AgendaRegistrations", x => new { x.ItemId, x.Key, x.MemberId });
                    table.ForeignKey(
                        name: "FK_AgendaRegistrations_Items_ItemId",
                        column: x => x.ItemId,
                        principalTable: "Items",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_AgendaRegistrations_Members_MemberId",
                        column: x => x.MemberId,
                        principalTable: "Members",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "AgendaReminders",
                columns: table => new
                {
                    MemberId = table.Column<Guid>(type: "uuid", nullable: false),
                    EventId = table.Column<Guid>(type: "uuid", nullable: false),
                    Lead = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AgendaReminders", x => new { x.MemberId, x.EventId });
                    table.ForeignKey(
                        name: "FK_AgendaReminders_Members_MemberId",
                        column: x => x.MemberId,
                        principalTable: "Members",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "AgendaRides",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    ItemId = table.Column<Guid>(type: "uuid", nullable: false),
                    Key = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: false),
                    MemberId = table.Column<Guid>(type: "uuid", nullable: false),
                    Seats = table.Column<int>(type: "integer", nullable: false),
                    Commune = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    Note = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AgendaRides", x => x.Id);
                    table.ForeignKey(
                        name: "FK_AgendaRides_Items_ItemId",
                        column: x => x.ItemId,
                        principalTable: "Items",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_AgendaRides_Members_MemberId",
                        column: x => x.MemberId,
                        principalTable: "Members",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ArticleDrafts",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    GroupId = table.Column<Guid>(type: "uuid", nullable: false),
                    Title = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    Summary = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    Body = table.Column<string>(type: "text", nullable: false),
                    Tags = table.Column<string>(type: "text", nullable: false),
                    Audience = table.Column<int>(type: "integer", nullable: false),
                    CoverFileId = table.Column<Guid>(type: "uuid", nullable: true),
                    CoverText = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true),
                    IsCommentable = table.Column<bool>(type: "boolean", nullable: false),
                    SourceShortId = table.Column<string>(type: "character varying(8)", maxLength: 8, nullable: true),
                    CreatedById = table.Column<Guid>(type: "uuid", nullable: false),
                    UpdatedAt = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: false),
                    PublishAt = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: true),
                    ScheduledById = table.Column<Guid>(type: "uuid", nullable: true),
                    Failure = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    Version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ArticleDrafts", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ArticleDrafts_Files_CoverFileId",
                        column: x => x.CoverFileId,
                        principalTable: "Files",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ArticleDrafts_Groups_GroupId",
                        column: x => x.GroupId,
                        principalTable: "Groups",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ArticleDrafts_Members_CreatedById",
                        column: x => x.CreatedById,
                        principalTable: "Members",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Articles",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Summary = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    Body = table.Column<string>(type: "text", nullable: false),
                    BodyHtml = table.Column<string>(type: "text", nullable: false),
                    BodyRenderer = table.Column<int>(type: "integer", nullable: false),
                    EditedAt = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: true),
                    CoverFileId = table.Column<Guid>(type: "uuid", nullable: true),
                    CoverText = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true),
                    WordCount = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Articles", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Articles_Files_CoverFileId",
                        column: x => x.CoverFileId,
                        principalTable: "Files",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Articles_Items_Id",
                        column: x => x.Id,
                        principalTable: "Items",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Bookmarks",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Address = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    AddressKey = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Body = table.Column<string>(type: "text", nullable: false),
                    BodyHtml = table.Column<string>(type: "text", nullable: false),
                    BodyRenderer = table.Column<int>(type: "integer", nullable: false),
                    EditedAt = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: true),
                    CheckedAt = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: true),
                    Failures = table.Column<int>(type: "integer", nullable: false),
                    FailingSince = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Bookmarks", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Bookmarks_Items_Id",
                        column: x => x.Id,
                        principalTable: "Items",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "CoAuthors",
                columns: table => new
                {
                    ItemId = table.Column<Guid>(type: "uuid", nullable: false),
                    MemberId = table.Column<Guid>(type: "uuid", nullable: false),
                    OrganisationId = table.Column<Guid>(type: "uuid", nullable: true),
                    Position = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_CoAuthors", x => new { x.ItemId, x.MemberId });
                    table.ForeignKey(
                        name: "FK_CoAuthors_Items_ItemId",
                        column: x => x.ItemId,
                        principalTable: "Items",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_CoAuthors_Members_MemberId",
                        column: x => x.MemberId,
                        principalTable: "Members",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_CoAuthors_Organisations_OrganisationId",
                        column: x => x.OrganisationId,
                        principalTable: "Organisations",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "WikiLinks",
                columns: table => new
                {
                    ItemId = table.Column<Guid>(type: "uuid", nullable: false),
                    Key = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    TargetId = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_WikiLinks", x => new { x.ItemId, x.Key });
                    table.ForeignKey(
                        name: "FK_WikiLinks_Items_ItemId",
                        column: x => x.ItemId,
                        principalTable: "Items",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "WikiPages",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Body = table.Column<string>(type: "text", nullable: false),
                    BodyHtml = table.Column<string>(type: "text", nullable: false),
                    BodyRenderer = table.Column<int>(type: "integer", nullable: false),
                    EditedAt = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: true),
                    FoldedTitle = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    ParentId = table.Column<Guid>(type: "uuid", nullable: true),
                    Rank = table.Column<int>(type: "integer", nullable: false),
                    Writers = table.Column<int>(type: "integer", nullable: false),
                    IsTemplate = table.Column<bool>(type: "boolean", nullable: false),
                    FirstName = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    RemovedWith = table.Column<Guid>(type: "uuid", nullable: true),
                    LiftedFrom = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_WikiPages", x => x.Id);
                    table.ForeignKey(
                        name: "FK_WikiPages_Items_Id",
                        column: x => x.Id,
                        principalTable: "Items",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "WikiTreeFollowers",
                columns: table => new
                {
                    ItemId = table.Column<Guid>(type: "uuid", nullable: false),
                    MemberId = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_WikiTreeFollowers", x => new { x.ItemId, x.MemberId });
                    table.ForeignKey(
                        name: "FK_WikiTreeFollowers_Items_ItemId",
                        column: x => x.ItemId,
                        principalTable: "Items",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "AgendaRideSeats",
                columns: table => new
                {
                    RideId = table.Column<Guid>(type: "uuid", nullable: false),
                    MemberId = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AgendaRideSeats", x => new { x.RideId, x.MemberId });
                    table.ForeignKey(
                        name: "FK_AgendaRideSeats_AgendaRides_RideId",
                        column: x => x.RideId,
                        principalTable: "AgendaRides",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_AgendaRideSeats_Members_MemberId",
                        column: x => x.MemberId,
                        principalTable: "Members",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ArticleDraftAuthors",
                columns: table => new
                {
                    DraftId = table.Column<Guid>(type: "uuid", nullable: false),
                    MemberId = table.Column<Guid>(type: "uuid", nullable: false),
                    Position = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ArticleDraftAuthors", x => new { x.DraftId, x.MemberId });
                    table.ForeignKey(
                        name: "FK_ArticleDraftAuthors_ArticleDrafts_DraftId",
                        column: x => x.DraftId,
                        principalTable: "ArticleDrafts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_ArticleDraftAuthors_Members_MemberId",
                        column: x => x.MemberId,
                        principalTable: "Members",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "ArticleDraftFiles",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    DraftId = table.Column<Guid>(type: "uuid", nullable: false),
                    FileId = table.Column<Guid>(type: "uuid", nullable: false),
                    Name = table.Column<string>(type: "character varying(150)", maxLength: 150, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ArticleDraftFiles", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ArticleDraftFiles_ArticleDrafts_DraftId",
                        column: x => x.DraftId,
                        principalTable: "ArticleDrafts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_ArticleDraftFiles_Files_FileId",
                        column: x => x.FileId,
                        principalTable: "Files",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_AgendaDates_GroupId_StartUtc",
                table: "AgendaDates",
                columns: new[] { "GroupId", "StartUtc" });

            migrationBuilder.CreateIndex(
                name: "IX_AgendaDates_ItemId_Key",
                table: "AgendaDates",
                columns: new[] { "ItemId", "Key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_AgendaDates_StartUtc",
                table: "AgendaDates",
                column: "StartUtc");

            migrationBuilder.CreateIndex(
                name: "IX_AgendaEvents_SpreadUntil",
                table: "AgendaEvents",
                column: "SpreadUntil");

            migrationBuilder.CreateIndex(
                name: "IX_AgendaRegistrations_MemberId_Key",
                table: "AgendaRegistrations",
                columns: new[] { "MemberId", "Key" });

            migrationBuilder.CreateIndex(
                name: "IX_AgendaRides_ItemId_Key_MemberId",
                table: "AgendaRides",
                columns: new[] { "ItemId", "Key", "MemberId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_AgendaRides_MemberId",
                table: "AgendaRides",
                column: "MemberId");

            migrationBuilder.CreateIndex(
                name: "IX_AgendaRideSeats_MemberId",
                table: "AgendaRideSeats",
                column: "MemberId");

            migrationBuilder.CreateIndex(
                name: "IX_ArticleDraftAuthors_MemberId",
                table: "ArticleDraftAuthors",
                column: "MemberId");

            migrationBuilder.CreateIndex(
                name: "IX_ArticleDraftFiles_DraftId",
                table: "ArticleDraftFiles",
                column: "DraftId");

            migrationBuilder.CreateIndex(
                name: "IX_ArticleDraftFiles_FileId",
                table: "ArticleDraftFiles",
                column: "FileId");

            migrationBuilder.CreateIndex(
                name: "IX_ArticleDrafts_CoverFileId",
                table: "ArticleDrafts",
                column: "CoverFileId");

            migrationBuilder.CreateIndex(
                name: "IX_ArticleDrafts_CreatedById",
                table: "ArticleDrafts",
                column: "CreatedById");

            migrationBuilder.CreateIndex(
                name: "IX_ArticleDrafts_GroupId",
                table: "ArticleDrafts",
                column: "GroupId");

            migrationBuilder.CreateIndex(
                name: "IX_ArticleDrafts_PublishAt",
                table: "ArticleDrafts",
                column: "PublishAt");

            migrationBuilder.CreateIndex(
                name: "IX_Articles_CoverFileId",
                table: "Articles",
                column: "CoverFileId");

            migrationBuilder.CreateIndex(
                name: "IX_Bookmarks_AddressKey",
                table: "Bookmarks",
                column: "AddressKey");

            migrationBuilder.CreateIndex(
                name: "IX_Bookmarks_CheckedAt",
                table: "Bookmarks",
                column: "CheckedAt");

            migrationBuilder.CreateIndex(
                name: "IX_CoAuthors_MemberId",
                table: "CoAuthors",
                column: "MemberId");

            migrationBuilder.CreateIndex(
                name: "IX_CoAuthors_OrganisationId",
                table: "CoAuthors",
                column: "OrganisationId");

            migrationBuilder.CreateIndex(
                name: "IX_WikiLinks_Key",
                table: "WikiLinks",
                column: "Key");

            migrationBuilder.CreateIndex(
                name: "IX_WikiLinks_TargetId",
                table: "WikiLinks",
                column: "TargetId");

            migrationBuilder.CreateIndex(
                name: "IX_WikiPages_FoldedTitle",
                table: "WikiPages",
                column: "FoldedTitle");

            migrationBuilder.CreateIndex(
                name: "IX_WikiPages_ParentId",
                table: "WikiPages",
                column: "ParentId");

            migrationBuilder.CreateIndex(
                name: "IX_WikiTreeFollowers_MemberId",
                table: "WikiTreeFollowers",
                column: "MemberId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "AgendaDateChanges");

            migrationBuilder.DropTable(
                name: "AgendaDates");

            migrationBuilder.DropTable(
                name: "AgendaEvents");

            migrationBuilder.DropTable(
                name: "AgendaRegistrations");

            migrationBuilder.DropTable(
                name: "AgendaReminders");

            migrationBuilder.DropTable(
                name: "AgendaRideSeats");

            migrationBuilder.DropTable(
                name: "ArticleDraftAuthors");

            migrationBuilder.DropTable(
                name: "ArticleDraftFiles");

            migrationBuilder.DropTable(
                name: "Articles");

            migrationBuilder.DropTable(
                name: "Bookmarks");

            migrationBuilder.DropTable(
                name: "CoAuthors");

            migrationBuilder.DropTable(
                name: "WikiLinks");

            migrationBuilder.DropTable(
                name: "WikiPages");

            migrationBuilder.DropTable(
                name: "WikiTreeFollowers");

            migrationBuilder.DropTable(
                name: "AgendaRides");

            migrationBuilder.DropTable(
                name: "ArticleDrafts");

            migrationBuilder.DropColumn(
                name: "Comment",
                table: "Revisions");

            migrationBuilder.DropColumn(
                name: "Name",
                table: "Revisions");

            migrationBuilder.DropColumn(
                name: "Version",
                table: "Revisions");

            migrationBuilder.DropColumn(
                name: "HasCoAuthors",
                table: "Items");

            migrationBuilder.DropColumn(
                name: "HomePlace",
                table: "GroupTools");

            migrationBuilder.DropColumn(
                name: "IsOffHome",
                table: "GroupTools");

            migrationBuilder.DropColumn(
                name: "LaunchTicks",
                table: "Groups");

            migrationBuilder.DropColumn(
                name: "LaunchedAt",
                table: "Groups");
        }
    }
}
