using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace TerritoireCollab.Migrations.SqlServer.Migrations
{
    /// <inheritdoc />
    public partial class AddMail : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            // Summaries come between nothing and new threads: the levels chosen so far move up.
            migrationBuilder.Sql("UPDATE \"Memberships\" SET \"MailLevel\" = \"MailLevel\" + 2 WHERE \"MailLevel\" > 0;");
            migrationBuilder.Sql("UPDATE \"Groups\" SET \"DefaultMailLevel\" = \"DefaultMailLevel\" + 2 WHERE \"DefaultMailLevel\" > 0;");
            migrationBuilder.AddColumn<DateTime>(
                name: "MailDueAt",
                table: "Notifications",
                type: "datetime2(6)",
                precision: 6,
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "RemindedAt",
                table: "Memberships",
                type: "datetime2(6)",
                precision: 6,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "AnswersNumber",
                table: "Mails",
                type: "int",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Domain",
                table: "Mails",
                type: "nvarchar(254)",
                maxLength: 254,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Files",
                table: "Mails",
                type: "nvarchar(4000)",
                maxLength: 4000,
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "IsAnswerable",
                table: "Mails",
                type: "bit",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<string>(
                name: "Key",
                table: "Mails",
                type: "nvarchar(26)",
                maxLength: 26,
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "WasUncertain",
                table: "Mails",
                type: "bit",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<DateTime>(
                name: "RemindedAt",
                table: "Invitations",
                type: "datetime2(6)",
                precision: 6,
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "MailsTitlesOnly",
                table: "Groups",
                type: "bit",
                nullable: false,
                defaultValue: false);

            migrationBuilder.CreateTable(
                name: "Digests",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    MemberId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Kind = table.Column<int>(type: "int", nullable: false),
                    Period = table.Column<string>(type: "nvarchar(10)", maxLength: 10, nullable: false),
                    From = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false),
                    Until = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false),
                    MailId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    CreatedAt = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Digests", x => x.Id);
                    table.ForeignKey(
                        name: "FK_Digests_Members_MemberId",
                        column: x => x.MemberId,
                        principalTable: "Members",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "GroupLetters",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Body = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    BodyHtml = table.Column<string>(type: "nvarchar(max)", nullable: false),
                    BodyRenderer = table.Column<int>(type: "int", nullable: false),
                    IsUrgent = table.Column<bool>(type: "bit", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_GroupLetters", x => x.Id);
                    table.ForeignKey(
                        name: "FK_GroupLetters_Items_Id",
                        column: x => x.Id,
                        principalTable: "Items",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "MailAddresses",
                columns: table => new
                {
                    Address = table.Column<string>(type: "nvarchar(254)", maxLength: 254, nullable: false),
                    State = table.Column<int>(type: "int", nullable: false),
                    Since = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false),
                    Until = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: true),
                    Status = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: true),
                    Diagnostic = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MailAddresses", x => x.Address);
                });

            migrationBuilder.CreateTable(
                name: "MailBounces",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Address = table.Column<string>(type: "nvarchar(254)", maxLength: 254, nullable: false),
                    MailId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    MemberId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    At = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false),
                    Kind = table.Column<int>(type: "int", nullable: false),
                    Status = table.Column<string>(type: "nvarchar(20)", maxLength: 20, nullable: true),
                    Diagnostic = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MailBounces", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "MailPreferences",
                columns: table => new
                {
                    MemberId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    IsSilent = table.Column<bool>(type: "bit", nullable: false),
                    DigestHour = table.Column<int>(type: "int", nullable: false),
                    DigestDays = table.Column<int>(type: "int", nullable: false),
                    WeeklyDay = table.Column<int>(type: "int", nullable: false),
                    PausedUntil = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: true),
                    QuietFrom = table.Column<int>(type: "int", nullable: true),
                    QuietUntil = table.Column<int>(type: "int", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_MailPreferences", x => x.MemberId);
                    table.ForeignKey(
                        name: "FK_MailPreferences_Members_MemberId",
                        column: x => x.MemberId,
                        principalTable: "Members",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "PostedByMail",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    ItemId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    CommentId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    MessageId = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    Elided = table.Column<string>(type: "nvarchar(max)", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_PostedByMail", x => x.Id);
                    table.ForeignKey(
                        name: "FK_PostedByMail_Items_ItemId",
                        column: x => x.ItemId,
                        principalTable: "Items",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Pulses",
                columns: table => new
                {
                    Name = table.Column<string>(type: "nvarchar(60)", maxLength: 60, nullable: false),
                    LastAt = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false),
                    LastSuccessAt = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: true),
                    Detail = table.Column<string>(type: "nvarchar(500)", maxLength: 500, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Pulses", x => x.Name);
                });

            migrationBuilder.CreateTable(
                name: "ReceivedMails",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    UniqueKey = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    MessageId = table.Column<string>(type: "nvarchar(900)", maxLength: 900, nullable: true),
                    ReceivedAt = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false),
                    FromAddress = table.Column<string>(type: "nvarchar(254)", maxLength: 254, nullable: false),
                    FromName = table.Column<string>(type: "nvarchar(200)", maxLength: 200, nullable: true),
                    Recipient = table.Column<string>(type: "nvarchar(254)", maxLength: 254, nullable: false),
                    Subject = table.Column<string>(type: "nvarchar(400)", maxLength: 400, nullable: false),
                    Kind = table.Column<int>(type: "int", nullable: false),
                    Outcome = table.Column<int>(type: "int", nullable: false),
                    Cause = table.Column<int>(type: "int", nullable: true),
                    Detail = table.Column<string>(type: "nvarchar(1000)", maxLength: 1000, nullable: true),
                    MemberId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    GroupId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    ItemId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    CommentId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    AnsweredAt = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: true),
                    RawFileId = table.Column<Guid>(type: "uniqueidentifier", nullable: true),
                    Attempts = table.Column<int>(type: "int", nullable: false),
                    LeaseUntil = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReceivedMails", x => x.Id);
                    table.ForeignKey(
                        name: "FK_ReceivedMails_Files_RawFileId",
                        column: x => x.RawFileId,
                        principalTable: "Files",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "SpentLinks",
                columns: table => new
                {
                    Hash = table.Column<string>(type: "nvarchar(64)", maxLength: 64, nullable: false),
                    At = table.Column<DateTime>(type: "datetime2(6)", precision: 6, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_SpentLinks", x => x.Hash);
                });

            migrationBuilder.CreateTable(
                name: "DigestLines",
                columns: table => new
                {
                    DigestId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    ItemId = table.Column<Guid>(type: "uniqueidentifier", nullable: false),
                    Place = table.Column<int>(type: "int", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_DigestLines", x => new { x.DigestId, x.ItemId });
                    table.ForeignKey(
                        name: "FK_DigestLines_Digests_DigestId",
                        column: x => x.DigestId,
                        principalTable: "Digests",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Notifications_MailDueAt",
                table: "Notifications",
                column: "MailDueAt");

            migrationBuilder.CreateIndex(
                name: "IX_Mails_CreatedAt",
                table: "Mails",
                column: "CreatedAt");

            migrationBuilder.CreateIndex(
                name: "IX_Mails_ItemId_MemberId",
                table: "Mails",
                columns: new[] { "ItemId", "MemberId" });

            migrationBuilder.CreateIndex(
                name: "IX_Mails_Key",
                table: "Mails",
                column: "Key",
                unique: true,
                filter: "[Key] IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "IX_DigestLines_ItemId",
                table: "DigestLines",
                column: "ItemId");

            migrationBuilder.CreateIndex(
                name: "IX_Digests_CreatedAt",
                table: "Digests",
                column: "CreatedAt");

            migrationBuilder.CreateIndex(
                name: "IX_Digests_MailId",
                table: "Digests",
                column: "MailId");

            migrationBuilder.CreateIndex(
                name: "IX_Digests_MemberId_Kind_Period",
                table: "Digests",
                columns: new[] { "MemberId", "Kind", "Period" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_MailAddresses_State",
                table: "MailAddresses",
                column: "State");

            migrationBuilder.CreateIndex(
                name: "IX_MailBounces_Address_At",
                table: "MailBounces",
                columns: new[] { "Address", "At" });

            migrationBuilder.CreateIndex(
                name: "IX_MailBounces_At",
                table: "MailBounces",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_MailBounces_MailId",
                table: "MailBounces",
                column: "MailId");

            migrationBuilder.CreateIndex(
                name: "IX_PostedByMail_CommentId",
                table: "PostedByMail",
                column: "CommentId");

            migrationBuilder.CreateIndex(
                name: "IX_PostedByMail_ItemId_CommentId",
                table: "PostedByMail",
                columns: new[] { "ItemId", "CommentId" });

            migrationBuilder.CreateIndex(
                name: "IX_ReceivedMails_FromAddress_AnsweredAt",
                table: "ReceivedMails",
                columns: new[] { "FromAddress", "AnsweredAt" });

            migrationBuilder.CreateIndex(
                name: "IX_ReceivedMails_GroupId_Outcome",
                table: "ReceivedMails",
                columns: new[] { "GroupId", "Outcome" });

            migrationBuilder.CreateIndex(
                name: "IX_ReceivedMails_Outcome",
                table: "ReceivedMails",
                column: "Outcome");

            migrationBuilder.CreateIndex(
                name: "IX_ReceivedMails_RawFileId",
                table: "ReceivedMails",
                column: "RawFileId");

            migrationBuilder.CreateIndex(
                name: "IX_ReceivedMails_ReceivedAt",
                table: "ReceivedMails",
                column: "ReceivedAt");

            migrationBuilder.CreateIndex(
                name: "IX_ReceivedMails_UniqueKey",
                table: "ReceivedMails",
                column: "UniqueKey",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_SpentLinks_At",
                table: "SpentLinks",
                column: "At");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("UPDATE \"Memberships\" SET \"MailLevel\" = CASE WHEN \"MailLevel\" > 2 THEN \"MailLevel\" - 2 WHEN \"MailLevel\" > 0 THEN 1 ELSE 0 END;");
            migrationBuilder.Sql("UPDATE \"Groups\" SET \"DefaultMailLevel\" = CASE WHEN \"DefaultMailLevel\" > 2 THEN \"DefaultMailLevel\" - 2 WHEN \"DefaultMailLevel\" > 0 THEN 1 ELSE 0 END;");
            migrationBuilder.DropTable(
                name: "DigestLines");

            migrationBuilder.DropTable(
                name: "GroupLetters");

            migrationBuilder.DropTable(
                name: "MailAddresses");

            migrationBuilder.DropTable(
                name: "MailBounces");

            migrationBuilder.DropTable(
                name: "MailPreferences");

            migrationBuilder.DropTable(
                name: "PostedByMail");

            migrationBuilder.DropTable(
                name: "Pulses");

            migrationBuilder.DropTable(
                name: "ReceivedMails");

            migrationBuilder.DropTable(
                name: "SpentLinks");

            migrationBuilder.DropTable(
                name: "Digests");

            migrationBuilder.DropIndex(
                name: "IX_Notifications_MailDueAt",
                table: "Notifications");

            migrationBuilder.DropIndex(
                name: "IX_Mails_CreatedAt",
                table: "Mails");

            migrationBuilder.DropIndex(
                name: "IX_Mails_ItemId_MemberId",
                table: "Mails");

            migrationBuilder.DropIndex(
                name: "IX_Mails_Key",
                table: "Mails");

            migrationBuilder.DropColumn(
                name: "MailDueAt",
                table: "Notifications");

            migrationBuilder.DropColumn(
                name: "RemindedAt",
                table: "Memberships");

            migrationBuilder.DropColumn(
                name: "AnswersNumber",
                table: "Mails");

            migrationBuilder.DropColumn(
                name: "Domain",
                table: "Mails");

            migrationBuilder.DropColumn(
                name: "Files",
                table: "Mails");

            migrationBuilder.DropColumn(
                name: "IsAnswerable",
                table: "Mails");

            migrationBuilder.DropColumn(
                name: "Key",
                table: "Mails");

            migrationBuilder.DropColumn(
                name: "WasUncertain",
                table: "Mails");

            migrationBuilder.DropColumn(
                name: "RemindedAt",
                table: "Invitations");

            migrationBuilder.DropColumn(
                name: "MailsTitlesOnly",
                table: "Groups");
        }
    }
}
