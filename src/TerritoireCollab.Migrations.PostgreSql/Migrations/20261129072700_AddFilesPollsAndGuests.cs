using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace TerritoireCollab.Migrations.PostgreSql.Migrations
{
    /// <inheritdoc />
    public partial class AddFilesPollsAndGuests : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Calendar",
                table: "Mails",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Check",
                table: "Files",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateTime>(
                name: "CheckedAt",
                table: "Files",
                type: "timestamp(6) with time zone",
                precision: 6,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Threat",
                table: "Files",
                type: "character varying(200)",
                maxLength: 200,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ExtraDates",
                table: "AgendaEvents",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "ImportedHash",
                table: "AgendaEvents",
                type: "character varying(64)",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "ImportedVersion",
                table: "AgendaEvents",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "LeftOut",
                table: "AgendaEvents",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "RelatedTo",
                table: "AgendaEvents",
                type: "character varying(255)",
                maxLength: 255,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Uid",
                table: "AgendaEvents",
                type: "character varying(255)",
                maxLength: 255,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "AgendaDecisions",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    ItemId = table.Column<Guid>(type: "uuid", nullable: false),
                    Position = table.Column<int>(type: "integer", nullable: false),
                    Text = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    Who = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    Due = table.Column<DateOnly>(type: "date", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AgendaDecisions", x => x.Id);
                    table.ForeignKey(
                        name: "FK_AgendaDecisions_Items_ItemId",
                        column: x => x.ItemId,
                        principalTable: "Items",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "AgendaOutsideCalendars",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    GroupId = table.Column<Guid>(type: "uuid", nullable: false),
                    Name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    Address = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    Audience = table.Column<int>(type: "integer", nullable: false),
                    IsExported = table.Column<bool>(type: "boolean", nullable: false),
                    AddedById = table.Column<Guid>(type: "uuid", nullable: false),
                    AddedAt = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: false),
                    NextFetchAt = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: false),
                    LeaseUntil = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: true),
                    LastFetchAt = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: true),
                    LastSuccessAt = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: true),
                    SpreadAt = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: true),
                    ETag = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true),
                    LastModified = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true),
                    BodyHash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    Fault = table.Column<int>(type: "integer", nullable: false),
                    FaultStatus = table.Column<int>(type: "integer", nullable: true),
                    Failures = table.Column<int>(type: "integer", nullable: false),
                    FailingSince = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: true),
                    FailureToldAt = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: true),
                    DateCount = table.Column<int>(type: "integer", nullable: false),
                    IsCut = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AgendaOutsideCalendars", x => x.Id);
                    table.ForeignKey(
                        name: "FK_AgendaOutsideCalendars_Groups_GroupId",
                        column: x => x.GroupId,
                        principalTable: "Groups",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_AgendaOutsideCalendars_Members_AddedById",
                        column: x => x.AddedById,
                        principalTable: "Members",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "FileFolders",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    ShortId = table.Column<string>(type: "character varying(8)", maxLength: 8, nullable: false),
                    GroupId = table.Column<Guid>(type: "uuid", nullable: false),
                    ParentId = table.Column<Guid>(type: "uuid", nullable: true),
                    Name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    CreatedById = table.Column<Guid>(type: "uuid", nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: false),
                    DeletedAt = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FileFolders", x => x.Id);
                    table.ForeignKey(
                        name: "FK_FileFolders_FileFolders_ParentId",
                        column: x => x.ParentId,
                        principalTable: "FileFolders",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_FileFolders_Groups_GroupId",
                        column: x => x.GroupId,
                        principalTable: "Groups",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "FileSettings",
                columns: table => new
                {
                    GroupId = table.Column<Guid>(type: "uuid", nullable: false),
                    QuotaBytes = table.Column<long>(type: "bigint", nullable: true),
                    AllowsSharing = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FileSettings", x => x.GroupId);
                    table.ForeignKey(
                        name: "FK_FileSettings_Groups_GroupId",
                        column: x => x.GroupId,
                        principalTable: "Groups",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "FileTexts",
                columns: table => new
                {
                    ItemId = table.Column<Guid>(type: "uuid", nullable: false),
                    State = table.Column<int>(type: "integer", nullable: false),
                    Fault = table.Column<int>(type: "integer", nullable: true),
                    Text = table.Column<string>(type: "text", nullable: false),
                    IsCut = table.Column<bool>(type: "boolean", nullable: false),
                    Attempts = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FileTexts", x => x.ItemId);
                    table.ForeignKey(
                        name: "FK_FileTexts_Items_ItemId",
                        column: x => x.ItemId,
                        principalTable: "Items",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "FileVersions",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    ItemId = table.Column<Guid>(type: "uuid", nullable: false),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    FileId = table.Column<Guid>(type: "uuid", nullable: false),
                    Name = table.Column<string>(type: "character varying(150)", maxLength: 150, nullable: false),
                    Comment = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    AuthorId = table.Column<Guid>(type: "uuid", nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FileVersions", x => x.Id);
                    table.ForeignKey(
                        name: "FK_FileVersions_Files_FileId",
                        column: x => x.FileId,
                        principalTable: "Files",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_FileVersions_Items_ItemId",
                        column: x => x.ItemId,
                        principalTable: "Items",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_FileVersions_Members_AuthorId",
                        column: x => x.AuthorId,
                        principalTable: "Members",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Guests",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    ItemId = table.Column<Guid>(type: "uuid", nullable: false),
                    Email = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false),
                    NormalizedEmail = table.Column<string>(type: "character varying(254)", maxLength: 254, nullable: false),
                    Name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    MemberId = table.Column<Guid>(type: "uuid", nullable: true),
                    InvitedById = table.Column<Guid>(type: "uuid", nullable: true),
                    At = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: false),
                    ConfirmedAt = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: true),
                    RefusedAt = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Guests", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Guests_Items_ItemId",
                        column: x => x.ItemId,
                        principalTable: "Items",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_Guests_Members_InvitedById",
                        column: x => x.InvitedById,
                        principalTable: "Members",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Guests_Members_MemberId",
                        column: x => x.MemberId,
                        principalTable: "Members",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "OwnBookmarks",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    ShortId = table.Column<string>(type: "character varying(8)", maxLength: 8, nullable: false),
                    MemberId = table.Column<Guid>(type: "uuid", nullable: false),
                    Address = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    AddressKey = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Title = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    Note = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    Words = table.Column<string>(type: "text", nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: false),
                    RemovedAt = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_OwnBookmarks", x => x.Id);
                    table.ForeignKey(
                        name: "FK_OwnBookmarks_Members_MemberId",
                        column: x => x.MemberId,
                        principalTable: "Members",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "PollBallots",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    ItemId = table.Column<Guid>(type: "uuid", nullable: false),
                    Tag = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false),
                    Marks = table.Column<string>(type: "character varying(600)", maxLength: 600, nullable: false),
                    Reason = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PollBallots", x => x.Id);
                    table.ForeignKey(
                        name: "FK_PollBallots_Items_ItemId",
                        column: x => x.ItemId,
                        principalTable: "Items",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "PollOptions",
                columns: table => new
                {
                    ItemId = table.Column<Guid>(type: "uuid", nullable: false),
                    Number = table.Column<int>(type: "integer", nullable: false),
                    Position = table.Column<int>(type: "integer", nullable: false),
                    Text = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    StartUtc = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: true),
                    EndUtc = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: true),
                    IsAdded = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PollOptions", x => new { x.ItemId, x.Number });
                    table.ForeignKey(
                        name: "FK_PollOptions_Items_ItemId",
                        column: x => x.ItemId,
                        principalTable: "Items",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Polls",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Body = table.Column<string>(type: "text", nullable: false),
                    BodyHtml = table.Column<string>(type: "text", nullable: false),
                    BodyRenderer = table.Column<int>(type: "integer", nullable: false),
                    EditedAt = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: true),
                    Kind = table.Column<int>(type: "integer", nullable: false),
                    Secrecy = table.Column<int>(type: "integer", nullable: false),
                    Showing = table.Column<int>(type: "integer", nullable: false),
                    ClosesAt = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: false),
                    SettledAt = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: true),
                    Quorum = table.Column<int>(type: "integer", nullable: true),
                    Least = table.Column<int>(type: "integer", nullable: false),
                    Most = table.Column<int>(type: "integer", nullable: false),
                    Points = table.Column<int>(type: "integer", nullable: false),
                    PerOrganisation = table.Column<bool>(type: "boolean", nullable: false),
                    TakesOptions = table.Column<bool>(type: "boolean", nullable: false),
                    RemindBefore = table.Column<int>(type: "integer", nullable: false),
                    ReminderSentFor = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: true),
                    RemindedAt = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: true),
                    Seal = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    HidesNames = table.Column<bool>(type: "boolean", nullable: false),
                    LastOption = table.Column<int>(type: "integer", nullable: false),
                    ConfirmedOption = table.Column<int>(type: "integer", nullable: true),
                    Conclusion = table.Column<string>(type: "text", nullable: true),
                    ConclusionHtml = table.Column<string>(type: "text", nullable: true),
                    ConcludedAt = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Polls", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Polls_Items_Id",
                        column: x => x.Id,
                        principalTable: "Items",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "PollVoters",
                columns: table => new
                {
                    ItemId = table.Column<Guid>(type: "uuid", nullable: false),
                    VoterId = table.Column<Guid>(type: "uuid", nullable: false),
                    MemberId = table.Column<Guid>(type: "uuid", nullable: true),
                    OrganisationId = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PollVoters", x => new { x.ItemId, x.VoterId });
                    table.ForeignKey(
                        name: "FK_PollVoters_Items_ItemId",
                        column: x => x.ItemId,
                        principalTable: "Items",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_PollVoters_Members_MemberId",
                        column: x => x.MemberId,
                        principalTable: "Members",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_PollVoters_Organisations_OrganisationId",
                        column: x => x.OrganisationId,
                        principalTable: "Organisations",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "QuestionnaireAnswers",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    ItemId = table.Column<Guid>(type: "uuid", nullable: false),
                    PersonId = table.Column<Guid>(type: "uuid", nullable: true),
                    Answers = table.Column<string>(type: "text", nullable: false),
                    AnsweredAt = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_QuestionnaireAnswers", x => x.Id);
                    table.ForeignKey(
                        name: "FK_QuestionnaireAnswers_Items_ItemId",
                        column: x => x.ItemId,
                        principalTable: "Items",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "QuestionnaireRespondents",
                columns: table => new
                {
                    ItemId = table.Column<Guid>(type: "uuid", nullable: false),
                    PersonId = table.Column<Guid>(type: "uuid", nullable: false),
                    MemberId = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_QuestionnaireRespondents", x => new { x.ItemId, x.PersonId });
                    table.ForeignKey(
                        name: "FK_QuestionnaireRespondents_Items_ItemId",
                        column: x => x.ItemId,
                        principalTable: "Items",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_QuestionnaireRespondents_Members_MemberId",
                        column: x => x.MemberId,
                        principalTable: "Members",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Questionnaires",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    Body = table.Column<string>(type: "text", nullable: false),
                    BodyHtml = table.Column<string>(type: "text", nullable: false),
                    BodyRenderer = table.Column<int>(type: "integer", nullable: false),
                    EditedAt = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: true),
                    Parts = table.Column<string>(type: "text", nullable: false),
                    IsAnonymous = table.Column<bool>(type: "boolean", nullable: false),
                    ResultsFor = table.Column<int>(type: "integer", nullable: false),
                    ClosesAt = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: false),
                    MostAnswers = table.Column<int>(type: "integer", nullable: true),
                    RemindBefore = table.Column<int>(type: "integer", nullable: false),
                    RemindedAt = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: true),
                    PressedAt = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: true),
                    HidesNames = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Questionnaires", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Questionnaires_Items_Id",
                        column: x => x.Id,
                        principalTable: "Items",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "ShareLinks",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    ItemId = table.Column<Guid>(type: "uuid", nullable: false),
                    TokenHash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    PasswordHash = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    ExpiresAt = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: false),
                    MostDownloads = table.Column<int>(type: "integer", nullable: true),
                    Downloads = table.Column<int>(type: "integer", nullable: false),
                    Failures = table.Column<int>(type: "integer", nullable: false),
                    FailingSince = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: true),
                    CreatedById = table.Column<Guid>(type: "uuid", nullable: false),
                    CreatedAt = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: false),
                    RevokedAt = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ShareLinks", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ShareLinks_Items_ItemId",
                        column: x => x.ItemId,
                        principalTable: "Items",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_ShareLinks_Members_CreatedById",
                        column: x => x.CreatedById,
                        principalTable: "Members",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "Uploads",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    MemberId = table.Column<Guid>(type: "uuid", nullable: false),
                    Name = table.Column<string>(type: "character varying(150)", maxLength: 150, nullable: false),
                    Length = table.Column<long>(type: "bigint", nullable: false),
                    Sha256 = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    FileId = table.Column<Guid>(type: "uuid", nullable: true),
                    CreatedAt = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: false),
                    ExpiresAt = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: false),
                    ClaimedAt = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Uploads", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Uploads_Files_FileId",
                        column: x => x.FileId,
                        principalTable: "Files",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_Uploads_Members_MemberId",
                        column: x => x.MemberId,
                        principalTable: "Members",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "AgendaOutsideDates",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    CalendarId = table.Column<Guid>(type: "uuid", nullable: false),
                    Title = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    Place = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    Link = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    StartLocal = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: false),
                    EndLocal = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: false),
                    StartUtc = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: false),
                    EndUtc = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: false),
                    IsAllDay = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AgendaOutsideDates", x => x.Id);
                    table.ForeignKey(
                        name: "FK_AgendaOutsideDates_AgendaOutsideCalendars_CalendarId",
                        column: x => x.CalendarId,
                        principalTable: "AgendaOutsideCalendars",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "GroupFiles",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uuid", nullable: false),
                    FolderId = table.Column<Guid>(type: "uuid", nullable: true),
                    Name = table.Column<string>(type: "character varying(150)", maxLength: 150, nullable: false),
                    NameKey = table.Column<string>(type: "character varying(150)", maxLength: 150, nullable: false),
                    FileId = table.Column<Guid>(type: "uuid", nullable: false),
                    VersionNumber = table.Column<int>(type: "integer", nullable: false),
                    Accessible = table.Column<int>(type: "integer", nullable: false),
                    Downloads = table.Column<int>(type: "integer", nullable: false),
                    Body = table.Column<string>(type: "text", nullable: false),
                    BodyHtml = table.Column<string>(type: "text", nullable: false),
                    BodyRenderer = table.Column<int>(type: "integer", nullable: false),
                    EditedAt = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_GroupFiles", x => x.Id);
                    table.ForeignKey(
                        name: "FK_GroupFiles_FileFolders_FolderId",
                        column: x => x.FolderId,
                        principalTable: "FileFolders",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_GroupFiles_Files_FileId",
                        column: x => x.FileId,
                        principalTable: "Files",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_GroupFiles_Items_Id",
                        column: x => x.Id,
                        principalTable: "Items",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "AgendaGuestRegistrations",
                columns: table => new
                {
                    Key = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: false),
                    GuestId = table.Column<Guid>(type: "uuid", nullable: false),
                    ItemId = table.Column<Guid>(type: "uuid", nullable: false),
                    Answer = table.Column<int>(type: "integer", nullable: false),
                    WaitingSince = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: true),
                    Attendance = table.Column<int>(type: "integer", nullable: false),
                    Answers = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    AnsweredAt = table.Column<DateTime>(type: "timestamp(6) with time zone", precision: 6, nullable: false),
                    WasThere = table.Column<bool>(type: "boolean", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AgendaGuestRegistrations", x => new { x.GuestId, x.Key });
                    table.ForeignKey(
                        name: "FK_AgendaGuestRegistrations_Guests_GuestId",
                        column: x => x.GuestId,
                        principalTable: "Guests",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "OwnBookmarkTags",
                columns: table => new
                {
                    BookmarkId = table.Column<Guid>(type: "uuid", nullable: false),
                    Slug = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    Name = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_OwnBookmarkTags", x => new { x.BookmarkId, x.Slug });
                    table.ForeignKey(
                        name: "FK_OwnBookmarkTags_OwnBookmarks_BookmarkId",
                        column: x => x.BookmarkId,
                        principalTable: "OwnBookmarks",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Files_Check",
                table: "Files",
                column: "Check");

            migrationBuilder.CreateIndex(
                name: "IX_AgendaEvents_Uid",
                table: "AgendaEvents",
                column: "Uid");

            migrationBuilder.CreateIndex(
                name: "IX_AgendaDecisions_ItemId_Position",
                table: "AgendaDecisions",
                columns: new[] { "ItemId", "Position" });

            migrationBuilder.CreateIndex(
                name: "IX_AgendaGuestRegistrations_ItemId_Key",
                table: "AgendaGuestRegistrations",
                columns: new[] { "ItemId", "Key" });

            migrationBuilder.CreateIndex(
                name: "IX_AgendaOutsideCalendars_AddedById",
                table: "AgendaOutsideCalendars",
                column: "AddedById");

            migrationBuilder.CreateIndex(
                name: "IX_AgendaOutsideCalendars_GroupId",
                table: "AgendaOutsideCalendars",
                column: "GroupId");

            migrationBuilder.CreateIndex(
                name: "IX_AgendaOutsideCalendars_NextFetchAt",
                table: "AgendaOutsideCalendars",
                column: "NextFetchAt");

            migrationBuilder.CreateIndex(
                name: "IX_AgendaOutsideDates_CalendarId_StartUtc",
                table: "AgendaOutsideDates",
                columns: new[] { "CalendarId", "StartUtc" });

            migrationBuilder.CreateIndex(
                name: "IX_AgendaOutsideDates_StartUtc",
                table: "AgendaOutsideDates",
                column: "StartUtc");

            migrationBuilder.CreateIndex(
                name: "IX_FileFolders_GroupId",
                table: "FileFolders",
                column: "GroupId");

            migrationBuilder.CreateIndex(
                name: "IX_FileFolders_ParentId",
                table: "FileFolders",
                column: "ParentId");

            migrationBuilder.CreateIndex(
                name: "IX_FileFolders_ShortId",
                table: "FileFolders",
                column: "ShortId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_FileTexts_State",
                table: "FileTexts",
                column: "State");

            migrationBuilder.CreateIndex(
                name: "IX_FileVersions_AuthorId",
                table: "FileVersions",
                column: "AuthorId");

            migrationBuilder.CreateIndex(
                name: "IX_FileVersions_FileId",
                table: "FileVersions",
                column: "FileId");

            migrationBuilder.CreateIndex(
                name: "IX_FileVersions_ItemId_Number",
                table: "FileVersions",
                columns: new[] { "ItemId", "Number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_GroupFiles_FileId",
                table: "GroupFiles",
                column: "FileId");

            migrationBuilder.CreateIndex(
                name: "IX_GroupFiles_FolderId_NameKey",
                table: "GroupFiles",
                columns: new[] { "FolderId", "NameKey" });

            migrationBuilder.CreateIndex(
                name: "IX_Guests_InvitedById",
                table: "Guests",
                column: "InvitedById");

            migrationBuilder.CreateIndex(
                name: "IX_Guests_ItemId_NormalizedEmail",
                table: "Guests",
                columns: new[] { "ItemId", "NormalizedEmail" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Guests_MemberId",
                table: "Guests",
                column: "MemberId");

            migrationBuilder.CreateIndex(
                name: "IX_Guests_NormalizedEmail",
                table: "Guests",
                column: "NormalizedEmail");

            migrationBuilder.CreateIndex(
                name: "IX_OwnBookmarks_MemberId_AddressKey",
                table: "OwnBookmarks",
                columns: new[] { "MemberId", "AddressKey" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_OwnBookmarks_MemberId_CreatedAt",
                table: "OwnBookmarks",
                columns: new[] { "MemberId", "CreatedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_OwnBookmarks_ShortId",
                table: "OwnBookmarks",
                column: "ShortId",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_PollBallots_ItemId_Tag",
                table: "PollBallots",
                columns: new[] { "ItemId", "Tag" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Polls_SettledAt_ClosesAt",
                table: "Polls",
                columns: new[] { "SettledAt", "ClosesAt" });

            migrationBuilder.CreateIndex(
                name: "IX_PollVoters_MemberId",
                table: "PollVoters",
                column: "MemberId");

            migrationBuilder.CreateIndex(
                name: "IX_PollVoters_OrganisationId",
                table: "PollVoters",
                column: "OrganisationId");

            migrationBuilder.CreateIndex(
                name: "IX_QuestionnaireAnswers_ItemId_PersonId",
                table: "QuestionnaireAnswers",
                columns: new[] { "ItemId", "PersonId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_QuestionnaireRespondents_MemberId",
                table: "QuestionnaireRespondents",
                column: "MemberId");

            migrationBuilder.CreateIndex(
                name: "IX_Questionnaires_ClosesAt",
                table: "Questionnaires",
                column: "ClosesAt");

            migrationBuilder.CreateIndex(
                name: "IX_ShareLinks_CreatedById",
                table: "ShareLinks",
                column: "CreatedById");

            migrationBuilder.CreateIndex(
                name: "IX_ShareLinks_ItemId",
                table: "ShareLinks",
                column: "ItemId");

            migrationBuilder.CreateIndex(
                name: "IX_ShareLinks_TokenHash",
                table: "ShareLinks",
                column: "TokenHash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_Uploads_ExpiresAt",
                table: "Uploads",
                column: "ExpiresAt");

            migrationBuilder.CreateIndex(
                name: "IX_Uploads_FileId",
                table: "Uploads",
                column: "FileId");

            migrationBuilder.CreateIndex(
                name: "IX_Uploads_MemberId_ClaimedAt",
                table: "Uploads",
                columns: new[] { "MemberId", "ClaimedAt" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "AgendaDecisions");

            migrationBuilder.DropTable(
                name: "AgendaGuestRegistrations");

            migrationBuilder.DropTable(
                name: "AgendaOutsideDates");

            migrationBuilder.DropTable(
                name: "FileSettings");

            migrationBuilder.DropTable(
                name: "FileTexts");

            migrationBuilder.DropTable(
                name: "FileVersions");

            migrationBuilder.DropTable(
                name: "GroupFiles");

            migrationBuilder.DropTable(
                name: "OwnBookmarkTags");

            migrationBuilder.DropTable(
                name: "PollBallots");

            migrationBuilder.DropTable(
                name: "PollOptions");

            migrationBuilder.DropTable(
                name: "Polls");

            migrationBuilder.DropTable(
                name: "PollVoters");

            migrationBuilder.DropTable(
                name: "QuestionnaireAnswers");

            migrationBuilder.DropTable(
                name: "QuestionnaireRespondents");

            migrationBuilder.DropTable(
                name: "Questionnaires");

            migrationBuilder.DropTable(
                name: "ShareLinks");

            migrationBuilder.DropTable(
                name: "Uploads");

            migrationBuilder.DropTable(
                name: "Guests");

            migrationBuilder.DropTable(
                name: "AgendaOutsideCalendars");

            migrationBuilder.DropTable(
                name: "FileFolders");

            migrationBuilder.DropTable(
                name: "OwnBookmarks");

            migrationBuilder.DropIndex(
                name: "IX_Files_Check",
                table: "Files");

            migrationBuilder.DropIndex(
                name: "IX_AgendaEvents_Uid",
                table: "AgendaEvents");

            migrationBuilder.DropColumn(
                name: "Calendar",
                table: "Mails");

            migrationBuilder.DropColumn(
                name: "Check",
                table: "Files");

            migrationBuilder.DropColumn(
                name: "CheckedAt",
                table: "Files");

            migrationBuilder.DropColumn(
                name: "Threat",
                table: "Files");

            migrationBuilder.DropColumn(
                name: "ExtraDates",
                table: "AgendaEvents");

            migrationBuilder.DropColumn(
                name: "ImportedHash",
                table: "AgendaEvents");

            migrationBuilder.DropColumn(
                name: "ImportedVersion",
                table: "AgendaEvents");

            migrationBuilder.DropColumn(
                name: "LeftOut",
                table: "AgendaEvents");

            migrationBuilder.DropColumn(
                name: "RelatedTo",
                table: "AgendaEvents");

            migrationBuilder.DropColumn(
                name: "Uid",
                table: "AgendaEvents");
        }
    }
}
