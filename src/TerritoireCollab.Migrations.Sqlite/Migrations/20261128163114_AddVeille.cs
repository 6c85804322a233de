using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace TerritoireCollab.Migrations.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class AddVeille : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "VeilleArticles",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    ItemId = table.Column<Guid>(type: "TEXT", nullable: false),
                    GroupId = table.Column<Guid>(type: "TEXT", nullable: false),
                    EntryId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Position = table.Column<int>(type: "INTEGER", nullable: false),
                    Rubric = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    Title = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    Address = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    SourceName = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Author = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    DatedAt = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: false),
                    Line = table.Column<string>(type: "TEXT", maxLength: 600, nullable: true),
                    Excerpt = table.Column<string>(type: "TEXT", maxLength: 600, nullable: false),
                    FinderId = table.Column<Guid>(type: "TEXT", nullable: true),
                    FindId = table.Column<Guid>(type: "TEXT", nullable: true),
                    PublishedAt = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_VeilleArticles", x => x.Id);
                    table.ForeignKey(
                        name: "FK_VeilleArticles_Items_ItemId",
                        column: x => x.ItemId,
                        principalTable: "Items",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "VeilleEditorials",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Month = table.Column<int>(type: "INTEGER", nullable: false),
                    Slug = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Body = table.Column<string>(type: "TEXT", nullable: false),
                    BodyHtml = table.Column<string>(type: "TEXT", nullable: false),
                    BodyRenderer = table.Column<int>(type: "INTEGER", nullable: false),
                    EditedAt = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_VeilleEditorials", x => x.Id);
                    table.ForeignKey(
                        name: "FK_VeilleEditorials_Items_Id",
                        column: x => x.Id,
                        principalTable: "Items",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "VeilleFinds",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Address = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    NewsId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Body = table.Column<string>(type: "TEXT", nullable: false),
                    BodyHtml = table.Column<string>(type: "TEXT", nullable: false),
                    BodyRenderer = table.Column<int>(type: "INTEGER", nullable: false),
                    PictureId = table.Column<Guid>(type: "TEXT", nullable: true),
                    EditedAt = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_VeilleFinds", x => x.Id);
                    table.ForeignKey(
                        name: "FK_VeilleFinds_Files_PictureId",
                        column: x => x.PictureId,
                        principalTable: "Files",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_VeilleFinds_Items_Id",
                        column: x => x.Id,
                        principalTable: "Items",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "VeilleIssues",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    GroupId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    Week = table.Column<int>(type: "INTEGER", nullable: false),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    Title = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    Introduction = table.Column<string>(type: "TEXT", nullable: true),
                    CoverFileId = table.Column<Guid>(type: "TEXT", nullable: true),
                    CoverText = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    PublishAt = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: true),
                    ReadyById = table.Column<Guid>(type: "TEXT", nullable: true),
                    ItemId = table.Column<Guid>(type: "TEXT", nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_VeilleIssues", x => x.Id);
                    table.ForeignKey(
                        name: "FK_VeilleIssues_Files_CoverFileId",
                        column: x => x.CoverFileId,
                        principalTable: "Files",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_VeilleIssues_Groups_GroupId",
                        column: x => x.GroupId,
                        principalTable: "Groups",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "VeilleMarks",
                columns: table => new
                {
                    Mark = table.Column<long>(type: "INTEGER", nullable: false),
                    NewsId = table.Column<Guid>(type: "TEXT", nullable: false),
                    SeenAt = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_VeilleMarks", x => new { x.Mark, x.NewsId });
                });

            migrationBuilder.CreateTable(
                name: "VeilleNews",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Address = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false),
                    AddressKey = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    TitleKey = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Title = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    Author = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    Excerpt = table.Column<string>(type: "TEXT", maxLength: 600, nullable: false),
                    Language = table.Column<string>(type: "TEXT", maxLength: 40, nullable: true),
                    PublishedAt = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: false),
                    FirstSeenAt = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: false),
                    SameAsId = table.Column<Guid>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_VeilleNews", x => x.Id);
                    table.ForeignKey(
                        name: "FK_VeilleNews_VeilleNews_SameAsId",
                        column: x => x.SameAsId,
                        principalTable: "VeilleNews",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "VeilleOutlets",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    GroupId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Kind = table.Column<int>(type: "INTEGER", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Address = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    Secret = table.Column<string>(type: "TEXT", nullable: false),
                    Message = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    IsPaused = table.Column<bool>(type: "INTEGER", nullable: false),
                    AddedById = table.Column<Guid>(type: "TEXT", nullable: false),
                    AddedAt = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_VeilleOutlets", x => x.Id);
                    table.ForeignKey(
                        name: "FK_VeilleOutlets_Groups_GroupId",
                        column: x => x.GroupId,
                        principalTable: "Groups",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "VeilleProfiles",
                columns: table => new
                {
                    GroupId = table.Column<Guid>(type: "TEXT", nullable: false),
                    ServesTerritory = table.Column<bool>(type: "INTEGER", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true),
                    Rubrics = table.Column<string>(type: "TEXT", nullable: false),
                    Audience = table.Column<int>(type: "INTEGER", nullable: false),
                    Day = table.Column<int>(type: "INTEGER", nullable: false),
                    Hour = table.Column<int>(type: "INTEGER", nullable: false),
                    FirstNumber = table.Column<int>(type: "INTEGER", nullable: false),
                    ListsSources = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_VeilleProfiles", x => x.GroupId);
                    table.ForeignKey(
                        name: "FK_VeilleProfiles_Groups_GroupId",
                        column: x => x.GroupId,
                        principalTable: "Groups",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "VeillePublishedIssues",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Number = table.Column<int>(type: "INTEGER", nullable: false),
                    Week = table.Column<int>(type: "INTEGER", nullable: false),
                    Body = table.Column<string>(type: "TEXT", nullable: false),
                    BodyHtml = table.Column<string>(type: "TEXT", nullable: false),
                    BodyRenderer = table.Column<int>(type: "INTEGER", nullable: false),
                    CoverFileId = table.Column<Guid>(type: "TEXT", nullable: true),
                    CoverText = table.Column<string>(type: "TEXT", maxLength: 300, nullable: true),
                    EditedAt = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_VeillePublishedIssues", x => x.Id);
                    table.ForeignKey(
                        name: "FK_VeillePublishedIssues_Files_CoverFileId",
                        column: x => x.CoverFileId,
                        principalTable: "Files",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_VeillePublishedIssues_Items_Id",
                        column: x => x.Id,
                        principalTable: "Items",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "VeilleQuotes",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    ItemId = table.Column<Guid>(type: "TEXT", nullable: false),
                    AuthorId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Text = table.Column<string>(type: "TEXT", maxLength: 600, nullable: false),
                    Note = table.Column<string>(type: "TEXT", maxLength: 1000, nullable: true),
                    At = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_VeilleQuotes", x => x.Id);
                    table.ForeignKey(
                        name: "FK_VeilleQuotes_Items_ItemId",
                        column: x => x.ItemId,
                        principalTable: "Items",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "VeilleReaders",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    GroupId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Email = table.Column<string>(type: "TEXT", maxLength: 254, nullable: false),
                    NormalizedEmail = table.Column<string>(type: "TEXT", maxLength: 254, nullable: false),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    AskedAt = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: false),
                    ConfirmedAt = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: true),
                    LeftAt = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_VeilleReaders", x => x.Id);
                    table.ForeignKey(
                        name: "FK_VeilleReaders_Groups_GroupId",
                        column: x => x.GroupId,
                        principalTable: "Groups",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "VeilleRules",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    GroupId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Query = table.Column<string>(type: "TEXT", maxLength: 300, nullable: false),
                    Action = table.Column<int>(type: "INTEGER", nullable: false),
                    SourceId = table.Column<Guid>(type: "TEXT", nullable: true),
                    Folder = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    Position = table.Column<int>(type: "INTEGER", nullable: false),
                    CreatedById = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_VeilleRules", x => x.Id);
                    table.ForeignKey(
                        name: "FK_VeilleRules_Groups_GroupId",
                        column: x => x.GroupId,
                        principalTable: "Groups",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "VeilleSightings",
                columns: table => new
                {
                    SourceId = table.Column<Guid>(type: "TEXT", nullable: false),
                    EntryKey = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    NewsId = table.Column<Guid>(type: "TEXT", nullable: false),
                    SeenAt = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_VeilleSightings", x => new { x.SourceId, x.EntryKey });
                });

            migrationBuilder.CreateTable(
                name: "VeilleSources",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    Address = table.Column<string>(type: "TEXT", maxLength: 800, nullable: false),
                    Selectors = table.Column<string>(type: "TEXT", nullable: true),
                    SelectorsKey = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    Title = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    SiteAddress = table.Column<string>(type: "TEXT", nullable: true),
                    Description = table.Column<string>(type: "TEXT", nullable: true),
                    Language = table.Column<string>(type: "TEXT", nullable: true),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    NextFetchAt = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: false),
                    LeaseUntil = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: true),
                    LastFetchAt = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: true),
                    LastSuccessAt = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: true),
                    LastEntryAt = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: true),
                    EntriesInAWeek = table.Column<int>(type: "INTEGER", nullable: false),
                    ETag = table.Column<string>(type: "TEXT", nullable: true),
                    LastModified = table.Column<string>(type: "TEXT", nullable: true),
                    BodyHash = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    Fault = table.Column<int>(type: "INTEGER", nullable: false),
                    FaultStatus = table.Column<int>(type: "INTEGER", nullable: true),
                    Failures = table.Column<int>(type: "INTEGER", nullable: false),
                    FailingSince = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: true),
                    FailureToldAt = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: true),
                    Repairs = table.Column<string>(type: "TEXT", nullable: true),
                    MovedTo = table.Column<string>(type: "TEXT", nullable: true),
                    MovedSince = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_VeilleSources", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "VeillePool",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    GroupId = table.Column<Guid>(type: "TEXT", nullable: false),
                    NewsId = table.Column<Guid>(type: "TEXT", nullable: false),
                    ArrivedAt = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: false),
                    SourceId = table.Column<Guid>(type: "TEXT", nullable: true),
                    SourceCount = table.Column<int>(type: "INTEGER", nullable: false),
                    FindId = table.Column<Guid>(type: "TEXT", nullable: true),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    IsStarred = table.Column<bool>(type: "INTEGER", nullable: false),
                    Position = table.Column<long>(type: "INTEGER", nullable: false),
                    Rubric = table.Column<string>(type: "TEXT", maxLength: 60, nullable: true),
                    Line = table.Column<string>(type: "TEXT", maxLength: 600, nullable: true),
                    ChosenExcerpt = table.Column<string>(type: "TEXT", maxLength: 600, nullable: true),
                    IssueId = table.Column<Guid>(type: "TEXT", nullable: true),
                    MovedById = table.Column<Guid>(type: "TEXT", nullable: true),
                    MovedAt = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: true),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_VeillePool", x => x.Id);
                    table.ForeignKey(
                        name: "FK_VeillePool_Groups_GroupId",
                        column: x => x.GroupId,
                        principalTable: "Groups",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_VeillePool_VeilleNews_NewsId",
                        column: x => x.NewsId,
                        principalTable: "VeilleNews",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "VeilleTexts",
                columns: table => new
                {
                    NewsId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Html = table.Column<string>(type: "TEXT", nullable: false),
                    Problem = table.Column<int>(type: "INTEGER", nullable: false),
                    ReadAt = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_VeilleTexts", x => x.NewsId);
                    table.ForeignKey(
                        name: "FK_VeilleTexts_VeilleNews_NewsId",
                        column: x => x.NewsId,
                        principalTable: "VeilleNews",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "VeilleAnnouncements",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    OutletId = table.Column<Guid>(type: "TEXT", nullable: false),
                    ItemId = table.Column<Guid>(type: "TEXT", nullable: false),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    NextTryAt = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: false),
                    LeaseUntil = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: true),
                    Attempts = table.Column<int>(type: "INTEGER", nullable: false),
                    Status = table.Column<int>(type: "INTEGER", nullable: true),
                    Problem = table.Column<string>(type: "TEXT", nullable: true),
                    SentAt = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: true),
                    RemoteAddress = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_VeilleAnnouncements", x => x.Id);
                    table.ForeignKey(
                        name: "FK_VeilleAnnouncements_Items_ItemId",
                        column: x => x.ItemId,
                        principalTable: "Items",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_VeilleAnnouncements_VeilleOutlets_OutletId",
                        column: x => x.OutletId,
                        principalTable: "VeilleOutlets",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "VeilleGroupSources",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    GroupId = table.Column<Guid>(type: "TEXT", nullable: false),
                    SourceId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Name = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    Folder = table.Column<string>(type: "TEXT", maxLength: 200, nullable: true),
                    IsMuted = table.Column<bool>(type: "INTEGER", nullable: false),
                    AddedById = table.Column<Guid>(type: "TEXT", nullable: false),
                    AddedAt = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_VeilleGroupSources", x => x.Id);
                    table.ForeignKey(
                        name: "FK_VeilleGroupSources_Groups_GroupId",
                        column: x => x.GroupId,
                        principalTable: "Groups",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_VeilleGroupSources_VeilleSources_SourceId",
                        column: x => x.SourceId,
                        principalTable: "VeilleSources",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "VeilleHubs",
                columns: table => new
                {
                    SourceId = table.Column<Guid>(type: "TEXT", nullable: false),
                    Hub = table.Column<string>(type: "TEXT", maxLength: 800, nullable: false),
                    Topic = table.Column<string>(type: "TEXT", maxLength: 800, nullable: false),
                    Token = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Secret = table.Column<string>(type: "TEXT", nullable: false),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    NextAskAt = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: false),
                    LeaseUntil = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: true),
                    Failures = table.Column<int>(type: "INTEGER", nullable: false),
                    LastPushAt = table.Column<DateTime>(type: "TEXT", precision: 6, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_VeilleHubs", x => x.SourceId);
                    table.ForeignKey(
                        name: "FK_VeilleHubs_VeilleSources_SourceId",
                        column: x => x.SourceId,
                        principalTable: "VeilleSources",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_VeilleAnnouncements_ItemId",
                table: "VeilleAnnouncements",
                column: "ItemId");

            migrationBuilder.CreateIndex(
                name: "IX_VeilleAnnouncements_OutletId_ItemId",
                table: "VeilleAnnouncements",
                columns: new[] { "OutletId", "ItemId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_VeilleAnnouncements_State_NextTryAt",
                table: "VeilleAnnouncements",
                columns: new[] { "State", "NextTryAt" });

            migrationBuilder.CreateIndex(
                name: "IX_VeilleArticles_GroupId_PublishedAt",
                table: "VeilleArticles",
                columns: new[] { "GroupId", "PublishedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_VeilleArticles_ItemId_Position",
                table: "VeilleArticles",
                columns: new[] { "ItemId", "Position" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_VeilleEditorials_Slug",
                table: "VeilleEditorials",
                column: "Slug",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_VeilleFinds_NewsId",
                table: "VeilleFinds",
                column: "NewsId");

            migrationBuilder.CreateIndex(
                name: "IX_VeilleFinds_PictureId",
                table: "VeilleFinds",
                column: "PictureId");

            migrationBuilder.CreateIndex(
                name: "IX_VeilleGroupSources_GroupId_SourceId",
                table: "VeilleGroupSources",
                columns: new[] { "GroupId", "SourceId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_VeilleGroupSources_SourceId",
                table: "VeilleGroupSources",
                column: "SourceId");

            migrationBuilder.CreateIndex(
                name: "IX_VeilleHubs_State_NextAskAt",
                table: "VeilleHubs",
                columns: new[] { "State", "NextAskAt" });

            migrationBuilder.CreateIndex(
                name: "IX_VeilleHubs_Token",
                table: "VeilleHubs",
                column: "Token",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_VeilleIssues_CoverFileId",
                table: "VeilleIssues",
                column: "CoverFileId");

            migrationBuilder.CreateIndex(
                name: "IX_VeilleIssues_GroupId_Number",
                table: "VeilleIssues",
                columns: new[] { "GroupId", "Number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_VeilleIssues_GroupId_Week",
                table: "VeilleIssues",
                columns: new[] { "GroupId", "Week" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_VeilleIssues_State_PublishAt",
                table: "VeilleIssues",
                columns: new[] { "State", "PublishAt" });

            migrationBuilder.CreateIndex(
                name: "IX_VeilleMarks_SeenAt",
                table: "VeilleMarks",
                column: "SeenAt");

            migrationBuilder.CreateIndex(
                name: "IX_VeilleNews_AddressKey",
                table: "VeilleNews",
                column: "AddressKey",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_VeilleNews_SameAsId",
                table: "VeilleNews",
                column: "SameAsId");

            migrationBuilder.CreateIndex(
                name: "IX_VeilleNews_TitleKey_FirstSeenAt",
                table: "VeilleNews",
                columns: new[] { "TitleKey", "FirstSeenAt" });

            migrationBuilder.CreateIndex(
                name: "IX_VeilleOutlets_GroupId",
                table: "VeilleOutlets",
                column: "GroupId");

            migrationBuilder.CreateIndex(
                name: "IX_VeillePool_FindId",
                table: "VeillePool",
                column: "FindId");

            migrationBuilder.CreateIndex(
                name: "IX_VeillePool_GroupId_NewsId",
                table: "VeillePool",
                columns: new[] { "GroupId", "NewsId" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_VeillePool_GroupId_SourceId_ArrivedAt",
                table: "VeillePool",
                columns: new[] { "GroupId", "SourceId", "ArrivedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_VeillePool_GroupId_State_ArrivedAt",
                table: "VeillePool",
                columns: new[] { "GroupId", "State", "ArrivedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_VeillePool_IssueId",
                table: "VeillePool",
                column: "IssueId");

            migrationBuilder.CreateIndex(
                name: "IX_VeillePool_NewsId",
                table: "VeillePool",
                column: "NewsId");

            migrationBuilder.CreateIndex(
                name: "IX_VeillePublishedIssues_CoverFileId",
                table: "VeillePublishedIssues",
                column: "CoverFileId");

            migrationBuilder.CreateIndex(
                name: "IX_VeillePublishedIssues_Number",
                table: "VeillePublishedIssues",
                column: "Number");

            migrationBuilder.CreateIndex(
                name: "IX_VeilleQuotes_ItemId_At",
                table: "VeilleQuotes",
                columns: new[] { "ItemId", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_VeilleReaders_GroupId_NormalizedEmail",
                table: "VeilleReaders",
                columns: new[] { "GroupId", "NormalizedEmail" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_VeilleRules_GroupId_Position",
                table: "VeilleRules",
                columns: new[] { "GroupId", "Position" });

            migrationBuilder.CreateIndex(
                name: "IX_VeilleSightings_NewsId",
                table: "VeilleSightings",
                column: "NewsId");

            migrationBuilder.CreateIndex(
                name: "IX_VeilleSources_Address_SelectorsKey",
                table: "VeilleSources",
                columns: new[] { "Address", "SelectorsKey" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_VeilleSources_State_NextFetchAt",
                table: "VeilleSources",
                columns: new[] { "State", "NextFetchAt" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "VeilleAnnouncements");

            migrationBuilder.DropTable(
                name: "VeilleArticles");

            migrationBuilder.DropTable(
                name: "VeilleEditorials");

            migrationBuilder.DropTable(
                name: "VeilleFinds");

            migrationBuilder.DropTable(
                name: "VeilleGroupSources");

            migrationBuilder.DropTable(
                name: "VeilleHubs");

            migrationBuilder.DropTable(
                name: "VeilleIssues");

            migrationBuilder.DropTable(
                name: "VeilleMarks");

            migrationBuilder.DropTable(
                name: "VeillePool");

            migrationBuilder.DropTable(
                name: "VeilleProfiles");

            migrationBuilder.DropTable(
                name: "VeillePublishedIssues");

            migrationBuilder.DropTable(
                name: "VeilleQuotes");

            migrationBuilder.DropTable(
                name: "VeilleReaders");

            migrationBuilder.DropTable(
                name: "VeilleRules");

            migrationBuilder.DropTable(
                name: "VeilleSightings");

            migrationBuilder.DropTable(
                name: "VeilleTexts");

            migrationBuilder.DropTable(
                name: "VeilleOutlets");

            migrationBuilder.DropTable(
                name: "VeilleSources");

            migrationBuilder.DropTable(
                name: "VeilleNews");
        }
    }
}
