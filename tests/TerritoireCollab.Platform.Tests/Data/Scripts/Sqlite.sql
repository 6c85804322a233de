CREATE TABLE IF NOT EXISTS "__EFMigrationsHistory" (
    "MigrationId" TEXT NOT NULL CONSTRAINT "PK___EFMigrationsHistory" PRIMARY KEY,
    "ProductVersion" TEXT NOT NULL
);

BEGIN TRANSACTION;
CREATE TABLE "Drafts" (
    "MemberId" TEXT NOT NULL,
    "Key" TEXT NOT NULL,
    "Text" TEXT NOT NULL,
    "SavedAt" TEXT NOT NULL,
    CONSTRAINT "PK_Drafts" PRIMARY KEY ("MemberId", "Key")
);

CREATE TABLE "Files" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Files" PRIMARY KEY,
    "Sha256" TEXT NOT NULL,
    "Length" INTEGER NOT NULL,
    "ContentType" TEXT NOT NULL,
    "CreatedAt" TEXT NOT NULL
);

CREATE TABLE "Groups" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Groups" PRIMARY KEY,
    "Slug" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "FoldedName" TEXT NOT NULL,
    "Summary" TEXT NOT NULL,
    "Purpose" TEXT NOT NULL,
    "Kind" INTEGER NOT NULL,
    "Visibility" INTEGER NOT NULL,
    "Joining" INTEGER NOT NULL,
    "Ceiling" INTEGER NOT NULL,
    "DefaultAudience" INTEGER NOT NULL,
    "Hue" INTEGER NOT NULL,
    "JoinQuestion" TEXT NULL,
    "Charter" TEXT NULL,
    "CharterVersion" INTEGER NOT NULL,
    "Welcome" TEXT NULL,
    "DefaultMailLevel" INTEGER NOT NULL,
    "CoverFileId" TEXT NULL,
    "CreatedAt" TEXT NOT NULL,
    "LastActivityAt" TEXT NOT NULL,
    "ArchivedAt" TEXT NULL,
    "MemberCount" INTEGER NOT NULL,
    "Version" INTEGER NOT NULL
);

CREATE TABLE "Mails" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Mails" PRIMARY KEY,
    "UniqueKey" TEXT NOT NULL,
    "Kind" TEXT NOT NULL,
    "MemberId" TEXT NULL,
    "ItemId" TEXT NULL,
    "GroupId" TEXT NULL,
    "Optional" INTEGER NOT NULL,
    "Priority" INTEGER NOT NULL,
    "FromName" TEXT NOT NULL,
    "ToAddress" TEXT NOT NULL,
    "ToName" TEXT NOT NULL,
    "Subject" TEXT NOT NULL,
    "TextBody" TEXT NOT NULL,
    "HtmlBody" TEXT NOT NULL,
    "MessageId" TEXT NOT NULL,
    "InReplyTo" TEXT NULL,
    "References" TEXT NULL,
    "Headers" TEXT NOT NULL,
    "CreatedAt" TEXT NOT NULL,
    "State" INTEGER NOT NULL,
    "NextAttemptAt" TEXT NOT NULL,
    "Attempts" INTEGER NOT NULL,
    "Owner" TEXT NULL,
    "LeaseUntil" TEXT NULL,
    "SentAt" TEXT NULL,
    "LastError" TEXT NULL
);

CREATE TABLE "Members" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Members" PRIMARY KEY,
    "Name" TEXT NOT NULL,
    "FoldedName" TEXT NOT NULL,
    "Handle" TEXT NOT NULL,
    "State" INTEGER NOT NULL,
    "IsAdmin" INTEGER NOT NULL,
    "CreatedAt" TEXT NOT NULL,
    "LastSeenAt" TEXT NULL,
    "PreviousVisitAt" TEXT NULL,
    "Welcomed" INTEGER NOT NULL,
    "Function" TEXT NULL,
    "Commune" TEXT NULL,
    "Presentation" TEXT NULL,
    "PhotoFileId" TEXT NULL,
    "FunctionVisibility" INTEGER NOT NULL,
    "CommuneVisibility" INTEGER NOT NULL,
    "PhoneVisibility" INTEGER NOT NULL,
    "EmailVisibility" INTEGER NOT NULL,
    "PresentationVisibility" INTEGER NOT NULL,
    "PhotoVisibility" INTEGER NOT NULL,
    "Version" INTEGER NOT NULL,
    "UserName" TEXT NULL,
    "NormalizedUserName" TEXT NULL,
    "Email" TEXT NULL,
    "NormalizedEmail" TEXT NULL,
    "EmailConfirmed" INTEGER NOT NULL,
    "PasswordHash" TEXT NULL,
    "SecurityStamp" TEXT NULL,
    "ConcurrencyStamp" TEXT NULL,
    "PhoneNumber" TEXT NULL,
    "PhoneNumberConfirmed" INTEGER NOT NULL,
    "TwoFactorEnabled" INTEGER NOT NULL,
    "LockoutEnd" TEXT NULL,
    "LockoutEnabled" INTEGER NOT NULL,
    "AccessFailedCount" INTEGER NOT NULL
);

CREATE TABLE "Organisations" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Organisations" PRIMARY KEY,
    "Slug" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "FoldedName" TEXT NOT NULL,
    "Kind" INTEGER NOT NULL,
    "Commune" TEXT NULL,
    "Website" TEXT NULL,
    "Presentation" TEXT NULL
);

CREATE TABLE "SearchDocuments" (
    "Number" INTEGER NOT NULL CONSTRAINT "PK_SearchDocuments" PRIMARY KEY AUTOINCREMENT,
    "TargetId" TEXT NOT NULL,
    "Kind" TEXT NOT NULL,
    "ItemId" TEXT NULL,
    "GroupId" TEXT NULL,
    "CommentNumber" INTEGER NULL,
    "Title" TEXT NOT NULL,
    "Text" TEXT NOT NULL,
    "TitleStems" TEXT NOT NULL,
    "Stems" TEXT NOT NULL,
    "Scope" TEXT NOT NULL,
    "Place" TEXT NOT NULL,
    "At" TEXT NOT NULL
);

CREATE TABLE "SecurityEvents" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_SecurityEvents" PRIMARY KEY,
    "At" TEXT NOT NULL,
    "Kind" TEXT NOT NULL,
    "ActorId" TEXT NULL,
    "SubjectId" TEXT NULL,
    "GroupId" TEXT NULL,
    "Detail" TEXT NULL
);

CREATE TABLE "Settings" (
    "Key" TEXT NOT NULL CONSTRAINT "PK_Settings" PRIMARY KEY,
    "Value" TEXT NOT NULL
);

CREATE TABLE "GroupTools" (
    "GroupId" TEXT NOT NULL,
    "ToolKey" TEXT NOT NULL,
    "Enabled" INTEGER NOT NULL,
    "Creators" INTEGER NOT NULL,
    CONSTRAINT "PK_GroupTools" PRIMARY KEY ("GroupId", "ToolKey"),
    CONSTRAINT "FK_GroupTools_Groups_GroupId" FOREIGN KEY ("GroupId") REFERENCES "Groups" ("Id") ON DELETE CASCADE
);

CREATE TABLE "AccessKeys" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_AccessKeys" PRIMARY KEY,
    "MemberId" TEXT NOT NULL,
    "Scope" INTEGER NOT NULL,
    "TokenHash" TEXT NOT NULL,
    "Label" TEXT NOT NULL,
    "CreatedAt" TEXT NOT NULL,
    "LastUsedAt" TEXT NULL,
    "RevokedAt" TEXT NULL,
    CONSTRAINT "FK_AccessKeys_Members_MemberId" FOREIGN KEY ("MemberId") REFERENCES "Members" ("Id") ON DELETE CASCADE
);

CREATE TABLE "Activities" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Activities" PRIMARY KEY,
    "Kind" TEXT NOT NULL,
    "ItemId" TEXT NULL,
    "CommentId" TEXT NULL,
    "GroupId" TEXT NULL,
    "ActorId" TEXT NOT NULL,
    "SubjectId" TEXT NULL,
    "Particulars" TEXT NULL,
    "At" TEXT NOT NULL,
    "Quiet" INTEGER NOT NULL,
    "DispatchedAt" TEXT NULL,
    "LeaseUntil" TEXT NULL,
    "Attempts" INTEGER NOT NULL,
    CONSTRAINT "FK_Activities_Groups_GroupId" FOREIGN KEY ("GroupId") REFERENCES "Groups" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_Activities_Members_ActorId" FOREIGN KEY ("ActorId") REFERENCES "Members" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "AspNetUserClaims" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_AspNetUserClaims" PRIMARY KEY AUTOINCREMENT,
    "UserId" TEXT NOT NULL,
    "ClaimType" TEXT NULL,
    "ClaimValue" TEXT NULL,
    CONSTRAINT "FK_AspNetUserClaims_Members_UserId" FOREIGN KEY ("UserId") REFERENCES "Members" ("Id") ON DELETE CASCADE
);

CREATE TABLE "AspNetUserLogins" (
    "LoginProvider" TEXT NOT NULL,
    "ProviderKey" TEXT NOT NULL,
    "ProviderDisplayName" TEXT NULL,
    "UserId" TEXT NOT NULL,
    CONSTRAINT "PK_AspNetUserLogins" PRIMARY KEY ("LoginProvider", "ProviderKey"),
    CONSTRAINT "FK_AspNetUserLogins_Members_UserId" FOREIGN KEY ("UserId") REFERENCES "Members" ("Id") ON DELETE CASCADE
);

CREATE TABLE "AspNetUserTokens" (
    "UserId" TEXT NOT NULL,
    "LoginProvider" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "Value" TEXT NULL,
    CONSTRAINT "PK_AspNetUserTokens" PRIMARY KEY ("UserId", "LoginProvider", "Name"),
    CONSTRAINT "FK_AspNetUserTokens_Members_UserId" FOREIGN KEY ("UserId") REFERENCES "Members" ("Id") ON DELETE CASCADE
);

CREATE TABLE "Invitations" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Invitations" PRIMARY KEY,
    "GroupId" TEXT NOT NULL,
    "Email" TEXT NULL,
    "TokenHash" TEXT NOT NULL,
    "Role" INTEGER NOT NULL,
    "InvitedById" TEXT NOT NULL,
    "Message" TEXT NULL,
    "SentAt" TEXT NOT NULL,
    "ExpiresAt" TEXT NOT NULL,
    "AcceptedAt" TEXT NULL,
    "WithdrawnAt" TEXT NULL,
    "UseCount" INTEGER NOT NULL,
    CONSTRAINT "FK_Invitations_Groups_GroupId" FOREIGN KEY ("GroupId") REFERENCES "Groups" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_Invitations_Members_InvitedById" FOREIGN KEY ("InvitedById") REFERENCES "Members" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "MailedLinks" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_MailedLinks" PRIMARY KEY,
    "Purpose" INTEGER NOT NULL,
    "TokenHash" TEXT NOT NULL,
    "MemberId" TEXT NOT NULL,
    "Email" TEXT NOT NULL,
    "CreatedAt" TEXT NOT NULL,
    "ExpiresAt" TEXT NOT NULL,
    "UsedAt" TEXT NULL,
    CONSTRAINT "FK_MailedLinks_Members_MemberId" FOREIGN KEY ("MemberId") REFERENCES "Members" ("Id") ON DELETE CASCADE
);

CREATE TABLE "Memberships" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Memberships" PRIMARY KEY,
    "GroupId" TEXT NOT NULL,
    "MemberId" TEXT NOT NULL,
    "Role" INTEGER NOT NULL,
    "State" INTEGER NOT NULL,
    "Origin" INTEGER NOT NULL,
    "Since" TEXT NOT NULL,
    "RequestText" TEXT NULL,
    "CharterAccepted" INTEGER NOT NULL,
    "MailLevel" INTEGER NOT NULL,
    "LastVisitAt" TEXT NULL,
    CONSTRAINT "FK_Memberships_Groups_GroupId" FOREIGN KEY ("GroupId") REFERENCES "Groups" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_Memberships_Members_MemberId" FOREIGN KEY ("MemberId") REFERENCES "Members" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "Sessions" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Sessions" PRIMARY KEY,
    "TokenHash" TEXT NOT NULL,
    "MemberId" TEXT NOT NULL,
    "CreatedAt" TEXT NOT NULL,
    "LastSeenAt" TEXT NOT NULL,
    "ExpiresAt" TEXT NOT NULL,
    "Device" TEXT NOT NULL,
    "ClosedAt" TEXT NULL,
    CONSTRAINT "FK_Sessions_Members_MemberId" FOREIGN KEY ("MemberId") REFERENCES "Members" ("Id") ON DELETE CASCADE
);

CREATE TABLE "Affiliations" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Affiliations" PRIMARY KEY,
    "MemberId" TEXT NOT NULL,
    "OrganisationId" TEXT NOT NULL,
    "Function" TEXT NULL,
    "From" TEXT NULL,
    "Until" TEXT NULL,
    "IsPrincipal" INTEGER NOT NULL,
    CONSTRAINT "FK_Affiliations_Members_MemberId" FOREIGN KEY ("MemberId") REFERENCES "Members" ("Id") ON DELETE CASCADE,
    CONSTRAINT "FK_Affiliations_Organisations_OrganisationId" FOREIGN KEY ("OrganisationId") REFERENCES "Organisations" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "Items" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Items" PRIMARY KEY,
    "ShortId" TEXT NOT NULL,
    "Kind" TEXT NOT NULL,
    "GroupId" TEXT NOT NULL,
    "AuthorId" TEXT NOT NULL,
    "OrganisationId" TEXT NULL,
    "Audience" INTEGER NOT NULL,
    "Title" TEXT NOT NULL,
    "Excerpt" TEXT NOT NULL,
    "CreatedAt" TEXT NOT NULL,
    "UpdatedAt" TEXT NOT NULL,
    "LastActivityAt" TEXT NOT NULL,
    "LastActorId" TEXT NOT NULL,
    "LastCommentNumber" INTEGER NOT NULL,
    "CommentCount" INTEGER NOT NULL,
    "AttachmentCount" INTEGER NOT NULL,
    "ThanksCount" INTEGER NOT NULL,
    "UsefulCount" INTEGER NOT NULL,
    "PinnedAt" TEXT NULL,
    "LockedAt" TEXT NULL,
    "DeletedAt" TEXT NULL,
    "DeletedById" TEXT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "FK_Items_Groups_GroupId" FOREIGN KEY ("GroupId") REFERENCES "Groups" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_Items_Members_AuthorId" FOREIGN KEY ("AuthorId") REFERENCES "Members" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_Items_Members_LastActorId" FOREIGN KEY ("LastActorId") REFERENCES "Members" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_Items_Organisations_OrganisationId" FOREIGN KEY ("OrganisationId") REFERENCES "Organisations" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "Notifications" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Notifications" PRIMARY KEY,
    "MemberId" TEXT NOT NULL,
    "ActivityId" TEXT NOT NULL,
    "ItemId" TEXT NULL,
    "GroupId" TEXT NULL,
    "Reason" INTEGER NOT NULL,
    "CreatedAt" TEXT NOT NULL,
    "ReadAt" TEXT NULL,
    CONSTRAINT "FK_Notifications_Activities_ActivityId" FOREIGN KEY ("ActivityId") REFERENCES "Activities" ("Id") ON DELETE CASCADE,
    CONSTRAINT "FK_Notifications_Members_MemberId" FOREIGN KEY ("MemberId") REFERENCES "Members" ("Id") ON DELETE CASCADE
);

CREATE TABLE "Attachments" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Attachments" PRIMARY KEY,
    "ItemId" TEXT NOT NULL,
    "CommentId" TEXT NULL,
    "FileId" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "CreatedAt" TEXT NOT NULL,
    CONSTRAINT "FK_Attachments_Files_FileId" FOREIGN KEY ("FileId") REFERENCES "Files" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_Attachments_Items_ItemId" FOREIGN KEY ("ItemId") REFERENCES "Items" ("Id") ON DELETE CASCADE
);

CREATE TABLE "Comments" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Comments" PRIMARY KEY,
    "ItemId" TEXT NOT NULL,
    "Number" INTEGER NOT NULL,
    "RootNumber" INTEGER NOT NULL,
    "ParentNumber" INTEGER NULL,
    "Kind" INTEGER NOT NULL,
    "AuthorId" TEXT NOT NULL,
    "OrganisationId" TEXT NULL,
    "Body" TEXT NOT NULL,
    "BodyHtml" TEXT NOT NULL,
    "BodyRenderer" INTEGER NOT NULL,
    "CreatedAt" TEXT NOT NULL,
    "EditedAt" TEXT NULL,
    "ThanksCount" INTEGER NOT NULL,
    "UsefulCount" INTEGER NOT NULL,
    "DeletedAt" TEXT NULL,
    "DeletedById" TEXT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "FK_Comments_Items_ItemId" FOREIGN KEY ("ItemId") REFERENCES "Items" ("Id") ON DELETE CASCADE,
    CONSTRAINT "FK_Comments_Members_AuthorId" FOREIGN KEY ("AuthorId") REFERENCES "Members" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_Comments_Organisations_OrganisationId" FOREIGN KEY ("OrganisationId") REFERENCES "Organisations" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "ForumTopics" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_ForumTopics" PRIMARY KEY,
    "Body" TEXT NOT NULL,
    "BodyHtml" TEXT NOT NULL,
    "BodyRenderer" INTEGER NOT NULL,
    "IsQuestion" INTEGER NOT NULL,
    "AcceptedNumber" INTEGER NULL,
    "EditedAt" TEXT NULL,
    CONSTRAINT "FK_ForumTopics_Items_Id" FOREIGN KEY ("Id") REFERENCES "Items" ("Id") ON DELETE CASCADE
);

CREATE TABLE "Reactions" (
    "TargetId" TEXT NOT NULL,
    "MemberId" TEXT NOT NULL,
    "Kind" INTEGER NOT NULL,
    "ItemId" TEXT NOT NULL,
    "At" TEXT NOT NULL,
    CONSTRAINT "PK_Reactions" PRIMARY KEY ("TargetId", "MemberId", "Kind"),
    CONSTRAINT "FK_Reactions_Items_ItemId" FOREIGN KEY ("ItemId") REFERENCES "Items" ("Id") ON DELETE CASCADE,
    CONSTRAINT "FK_Reactions_Members_MemberId" FOREIGN KEY ("MemberId") REFERENCES "Members" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "ReadMarks" (
    "ItemId" TEXT NOT NULL,
    "MemberId" TEXT NOT NULL,
    "Number" INTEGER NOT NULL,
    "At" TEXT NOT NULL,
    CONSTRAINT "PK_ReadMarks" PRIMARY KEY ("MemberId", "ItemId"),
    CONSTRAINT "FK_ReadMarks_Items_ItemId" FOREIGN KEY ("ItemId") REFERENCES "Items" ("Id") ON DELETE CASCADE
);

CREATE TABLE "Revisions" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Revisions" PRIMARY KEY,
    "TargetId" TEXT NOT NULL,
    "ItemId" TEXT NOT NULL,
    "Title" TEXT NULL,
    "Body" TEXT NOT NULL,
    "EditorId" TEXT NOT NULL,
    "At" TEXT NOT NULL,
    CONSTRAINT "FK_Revisions_Items_ItemId" FOREIGN KEY ("ItemId") REFERENCES "Items" ("Id") ON DELETE CASCADE,
    CONSTRAINT "FK_Revisions_Members_EditorId" FOREIGN KEY ("EditorId") REFERENCES "Members" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "Subscriptions" (
    "ItemId" TEXT NOT NULL,
    "MemberId" TEXT NOT NULL,
    "Following" INTEGER NOT NULL,
    CONSTRAINT "PK_Subscriptions" PRIMARY KEY ("ItemId", "MemberId"),
    CONSTRAINT "FK_Subscriptions_Items_ItemId" FOREIGN KEY ("ItemId") REFERENCES "Items" ("Id") ON DELETE CASCADE
);

CREATE TABLE "Tags" (
    "ItemId" TEXT NOT NULL,
    "Slug" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    CONSTRAINT "PK_Tags" PRIMARY KEY ("ItemId", "Slug"),
    CONSTRAINT "FK_Tags_Items_ItemId" FOREIGN KEY ("ItemId") REFERENCES "Items" ("Id") ON DELETE CASCADE
);

CREATE INDEX "IX_AccessKeys_MemberId" ON "AccessKeys" ("MemberId");

CREATE UNIQUE INDEX "IX_AccessKeys_TokenHash" ON "AccessKeys" ("TokenHash");

CREATE INDEX "IX_Activities_ActorId" ON "Activities" ("ActorId");

CREATE INDEX "IX_Activities_DispatchedAt" ON "Activities" ("DispatchedAt");

CREATE INDEX "IX_Activities_GroupId_At" ON "Activities" ("GroupId", "At");

CREATE INDEX "IX_Activities_ItemId" ON "Activities" ("ItemId");

CREATE INDEX "IX_Affiliations_MemberId" ON "Affiliations" ("MemberId");

CREATE INDEX "IX_Affiliations_OrganisationId" ON "Affiliations" ("OrganisationId");

CREATE INDEX "IX_AspNetUserClaims_UserId" ON "AspNetUserClaims" ("UserId");

CREATE INDEX "IX_AspNetUserLogins_UserId" ON "AspNetUserLogins" ("UserId");

CREATE INDEX "IX_Attachments_FileId" ON "Attachments" ("FileId");

CREATE INDEX "IX_Attachments_ItemId" ON "Attachments" ("ItemId");

CREATE INDEX "IX_Comments_AuthorId_CreatedAt" ON "Comments" ("AuthorId", "CreatedAt");

CREATE UNIQUE INDEX "IX_Comments_ItemId_Number" ON "Comments" ("ItemId", "Number");

CREATE INDEX "IX_Comments_ItemId_RootNumber_Number" ON "Comments" ("ItemId", "RootNumber", "Number");

CREATE INDEX "IX_Comments_OrganisationId" ON "Comments" ("OrganisationId");

CREATE UNIQUE INDEX "IX_Files_Sha256" ON "Files" ("Sha256");

CREATE INDEX "IX_Groups_FoldedName" ON "Groups" ("FoldedName");

CREATE UNIQUE INDEX "IX_Groups_Slug" ON "Groups" ("Slug");

CREATE INDEX "IX_Invitations_GroupId_SentAt" ON "Invitations" ("GroupId", "SentAt");

CREATE INDEX "IX_Invitations_InvitedById" ON "Invitations" ("InvitedById");

CREATE UNIQUE INDEX "IX_Invitations_TokenHash" ON "Invitations" ("TokenHash");

CREATE INDEX "IX_Items_AuthorId_CreatedAt" ON "Items" ("AuthorId", "CreatedAt");

CREATE INDEX "IX_Items_DeletedAt" ON "Items" ("DeletedAt");

CREATE INDEX "IX_Items_GroupId_Kind_LastActivityAt" ON "Items" ("GroupId", "Kind", "LastActivityAt");

CREATE INDEX "IX_Items_LastActivityAt" ON "Items" ("LastActivityAt");

CREATE INDEX "IX_Items_LastActorId" ON "Items" ("LastActorId");

CREATE INDEX "IX_Items_OrganisationId" ON "Items" ("OrganisationId");

CREATE UNIQUE INDEX "IX_Items_ShortId" ON "Items" ("ShortId");

CREATE INDEX "IX_MailedLinks_MemberId" ON "MailedLinks" ("MemberId");

CREATE UNIQUE INDEX "IX_MailedLinks_TokenHash" ON "MailedLinks" ("TokenHash");

CREATE INDEX "IX_Mails_MemberId" ON "Mails" ("MemberId");

CREATE INDEX "IX_Mails_State_NextAttemptAt" ON "Mails" ("State", "NextAttemptAt");

CREATE UNIQUE INDEX "IX_Mails_UniqueKey" ON "Mails" ("UniqueKey");

CREATE UNIQUE INDEX "EmailIndex" ON "Members" ("NormalizedEmail");

CREATE UNIQUE INDEX "IX_Members_Handle" ON "Members" ("Handle");

CREATE INDEX "IX_Members_State_FoldedName" ON "Members" ("State", "FoldedName");

CREATE UNIQUE INDEX "UserNameIndex" ON "Members" ("NormalizedUserName");

CREATE UNIQUE INDEX "IX_Memberships_GroupId_MemberId" ON "Memberships" ("GroupId", "MemberId");

CREATE INDEX "IX_Memberships_GroupId_State" ON "Memberships" ("GroupId", "State");

CREATE INDEX "IX_Memberships_MemberId_State" ON "Memberships" ("MemberId", "State");

CREATE INDEX "IX_Notifications_ActivityId" ON "Notifications" ("ActivityId");

CREATE INDEX "IX_Notifications_ItemId_MemberId" ON "Notifications" ("ItemId", "MemberId");

CREATE UNIQUE INDEX "IX_Notifications_MemberId_ActivityId" ON "Notifications" ("MemberId", "ActivityId");

CREATE INDEX "IX_Notifications_MemberId_ReadAt_CreatedAt" ON "Notifications" ("MemberId", "ReadAt", "CreatedAt");

CREATE INDEX "IX_Organisations_FoldedName" ON "Organisations" ("FoldedName");

CREATE UNIQUE INDEX "IX_Organisations_Slug" ON "Organisations" ("Slug");

CREATE INDEX "IX_Reactions_ItemId_MemberId" ON "Reactions" ("ItemId", "MemberId");

CREATE INDEX "IX_Reactions_MemberId" ON "Reactions" ("MemberId");

CREATE INDEX "IX_ReadMarks_ItemId" ON "ReadMarks" ("ItemId");

CREATE INDEX "IX_Revisions_EditorId" ON "Revisions" ("EditorId");

CREATE INDEX "IX_Revisions_ItemId" ON "Revisions" ("ItemId");

CREATE INDEX "IX_Revisions_TargetId_At" ON "Revisions" ("TargetId", "At");

CREATE INDEX "IX_SearchDocuments_GroupId" ON "SearchDocuments" ("GroupId");

CREATE INDEX "IX_SearchDocuments_ItemId" ON "SearchDocuments" ("ItemId");

CREATE INDEX "IX_SearchDocuments_Kind_At" ON "SearchDocuments" ("Kind", "At");

CREATE UNIQUE INDEX "IX_SearchDocuments_TargetId" ON "SearchDocuments" ("TargetId");

CREATE INDEX "IX_SecurityEvents_At" ON "SecurityEvents" ("At");

CREATE INDEX "IX_Sessions_MemberId" ON "Sessions" ("MemberId");

CREATE UNIQUE INDEX "IX_Sessions_TokenHash" ON "Sessions" ("TokenHash");

CREATE INDEX "IX_Subscriptions_MemberId" ON "Subscriptions" ("MemberId");

CREATE INDEX "IX_Tags_Slug" ON "Tags" ("Slug");

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261122221554_Initial', '10.0.14');

COMMIT;

BEGIN TRANSACTION;
CREATE VIRTUAL TABLE SearchFullText USING fts5(TitleStems, Stems, Scope, Place, content='', contentless_delete=1, tokenize='ascii');

CREATE TRIGGER SearchDocuments_Insert AFTER INSERT ON SearchDocuments BEGIN
  INSERT INTO SearchFullText(rowid, TitleStems, Stems, Scope, Place) VALUES (new.Number, new.TitleStems, new.Stems, new.Scope, new.Place);
END;

CREATE TRIGGER SearchDocuments_Delete AFTER DELETE ON SearchDocuments BEGIN
  DELETE FROM SearchFullText WHERE rowid = old.Number;
END;

CREATE TRIGGER SearchDocuments_Update AFTER UPDATE ON SearchDocuments BEGIN
  DELETE FROM SearchFullText WHERE rowid = old.Number;
  INSERT INTO SearchFullText(rowid, TitleStems, Stems, Scope, Place) VALUES (new.Number, new.TitleStems, new.Stems, new.Scope, new.Place);
END;

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261122300000_FullText', '10.0.14');

COMMIT;

BEGIN TRANSACTION;
CREATE INDEX "IX_Items_Audience_CreatedAt" ON "Items" ("Audience", "CreatedAt");

DROP TRIGGER SearchDocuments_Insert;

DROP TRIGGER SearchDocuments_Delete;

DROP TRIGGER SearchDocuments_Update;

DROP TABLE SearchFullText;

CREATE VIRTUAL TABLE SearchFullText USING fts5(Stems, Scope, Place, content='', contentless_delete=1, tokenize='ascii');

CREATE VIRTUAL TABLE SearchTitles USING fts5(TitleStems, Scope, Place, content='', contentless_delete=1, tokenize='ascii');

INSERT INTO SearchFullText(rowid, Stems, Scope, Place) SELECT Number, Stems, Scope, Place FROM SearchDocuments;

INSERT INTO SearchTitles(rowid, TitleStems, Scope, Place) SELECT Number, TitleStems, Scope, Place FROM SearchDocuments WHERE TitleStems <> '';

CREATE TRIGGER SearchDocuments_Insert AFTER INSERT ON SearchDocuments BEGIN
  INSERT INTO SearchFullText(rowid, Stems, Scope, Place) VALUES (new.Number, new.Stems, new.Scope, new.Place);
  INSERT INTO SearchTitles(rowid, TitleStems, Scope, Place) SELECT new.Number, new.TitleStems, new.Scope, new.Place WHERE new.TitleStems <> '';
END;

CREATE TRIGGER SearchDocuments_Delete AFTER DELETE ON SearchDocuments BEGIN
  DELETE FROM SearchFullText WHERE rowid = old.Number;
  DELETE FROM SearchTitles WHERE rowid = old.Number;
END;

CREATE TRIGGER SearchDocuments_Update AFTER UPDATE ON SearchDocuments BEGIN
  DELETE FROM SearchFullText WHERE rowid = old.Number;
  DELETE FROM SearchTitles WHERE rowid = old.Number;
  INSERT INTO SearchFullText(rowid, Stems, Scope, Place) VALUES (new.Number, new.Stems, new.Scope, new.Place);
  INSERT INTO SearchTitles(rowid, TitleStems, Scope, Place) SELECT new.Number, new.TitleStems, new.Scope, new.Place WHERE new.TitleStems <> '';
END;

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261123000100_TitlesApart', '10.0.14');

COMMIT;

BEGIN TRANSACTION;
CREATE TABLE "ProtectionKeys" (
    "Name" TEXT NOT NULL CONSTRAINT "PK_ProtectionKeys" PRIMARY KEY,
    "Xml" TEXT NOT NULL,
    "CreatedAt" TEXT NOT NULL
);

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261128020231_ProtectionKeys', '10.0.14');

COMMIT;

BEGIN TRANSACTION;
ALTER TABLE "Items" ADD "IsPinned" INTEGER NOT NULL DEFAULT 0;

UPDATE "Items" SET "IsPinned" = 1 WHERE "PinnedAt" IS NOT NULL;

CREATE INDEX "IX_Items_List" ON "Items" ("GroupId", "Kind", "IsPinned", "LastActivityAt", "DeletedAt", "Audience");

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261128054801_PinnedInIndex', '10.0.14');

COMMIT;

BEGIN TRANSACTION;
CREATE TABLE "VeilleArticles" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_VeilleArticles" PRIMARY KEY,
    "ItemId" TEXT NOT NULL,
    "GroupId" TEXT NOT NULL,
    "EntryId" TEXT NOT NULL,
    "Position" INTEGER NOT NULL,
    "Rubric" TEXT NULL,
    "Title" TEXT NOT NULL,
    "Address" TEXT NOT NULL,
    "SourceName" TEXT NOT NULL,
    "Author" TEXT NULL,
    "DatedAt" TEXT NOT NULL,
    "Line" TEXT NULL,
    "Excerpt" TEXT NOT NULL,
    "FinderId" TEXT NULL,
    "FindId" TEXT NULL,
    "PublishedAt" TEXT NOT NULL,
    CONSTRAINT "FK_VeilleArticles_Items_ItemId" FOREIGN KEY ("ItemId") REFERENCES "Items" ("Id") ON DELETE CASCADE
);

CREATE TABLE "VeilleEditorials" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_VeilleEditorials" PRIMARY KEY,
    "Month" INTEGER NOT NULL,
    "Slug" TEXT NOT NULL,
    "Body" TEXT NOT NULL,
    "BodyHtml" TEXT NOT NULL,
    "BodyRenderer" INTEGER NOT NULL,
    "EditedAt" TEXT NULL,
    CONSTRAINT "FK_VeilleEditorials_Items_Id" FOREIGN KEY ("Id") REFERENCES "Items" ("Id") ON DELETE CASCADE
);

CREATE TABLE "VeilleFinds" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_VeilleFinds" PRIMARY KEY,
    "Address" TEXT NOT NULL,
    "NewsId" TEXT NOT NULL,
    "Body" TEXT NOT NULL,
    "BodyHtml" TEXT NOT NULL,
    "BodyRenderer" INTEGER NOT NULL,
    "PictureId" TEXT NULL,
    "EditedAt" TEXT NULL,
    CONSTRAINT "FK_VeilleFinds_Files_PictureId" FOREIGN KEY ("PictureId") REFERENCES "Files" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_VeilleFinds_Items_Id" FOREIGN KEY ("Id") REFERENCES "Items" ("Id") ON DELETE CASCADE
);

CREATE TABLE "VeilleIssues" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_VeilleIssues" PRIMARY KEY,
    "GroupId" TEXT NOT NULL,
    "Number" INTEGER NOT NULL,
    "Week" INTEGER NOT NULL,
    "State" INTEGER NOT NULL,
    "Title" TEXT NULL,
    "Introduction" TEXT NULL,
    "CoverFileId" TEXT NULL,
    "CoverText" TEXT NULL,
    "PublishAt" TEXT NULL,
    "ReadyById" TEXT NULL,
    "ItemId" TEXT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "FK_VeilleIssues_Files_CoverFileId" FOREIGN KEY ("CoverFileId") REFERENCES "Files" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_VeilleIssues_Groups_GroupId" FOREIGN KEY ("GroupId") REFERENCES "Groups" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "VeilleMarks" (
    "Mark" INTEGER NOT NULL,
    "NewsId" TEXT NOT NULL,
    "SeenAt" TEXT NOT NULL,
    CONSTRAINT "PK_VeilleMarks" PRIMARY KEY ("Mark", "NewsId")
);

CREATE TABLE "VeilleNews" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_VeilleNews" PRIMARY KEY,
    "Address" TEXT NOT NULL,
    "AddressKey" TEXT NOT NULL,
    "TitleKey" TEXT NOT NULL,
    "Title" TEXT NOT NULL,
    "Author" TEXT NULL,
    "Excerpt" TEXT NOT NULL,
    "Language" TEXT NULL,
    "PublishedAt" TEXT NOT NULL,
    "FirstSeenAt" TEXT NOT NULL,
    "SameAsId" TEXT NULL,
    CONSTRAINT "FK_VeilleNews_VeilleNews_SameAsId" FOREIGN KEY ("SameAsId") REFERENCES "VeilleNews" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "VeilleOutlets" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_VeilleOutlets" PRIMARY KEY,
    "GroupId" TEXT NOT NULL,
    "Kind" INTEGER NOT NULL,
    "Name" TEXT NOT NULL,
    "Address" TEXT NOT NULL,
    "Secret" TEXT NOT NULL,
    "Message" TEXT NULL,
    "IsPaused" INTEGER NOT NULL,
    "AddedById" TEXT NOT NULL,
    "AddedAt" TEXT NOT NULL,
    CONSTRAINT "FK_VeilleOutlets_Groups_GroupId" FOREIGN KEY ("GroupId") REFERENCES "Groups" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "VeilleProfiles" (
    "GroupId" TEXT NOT NULL CONSTRAINT "PK_VeilleProfiles" PRIMARY KEY,
    "ServesTerritory" INTEGER NOT NULL,
    "Name" TEXT NULL,
    "Rubrics" TEXT NOT NULL,
    "Audience" INTEGER NOT NULL,
    "Day" INTEGER NOT NULL,
    "Hour" INTEGER NOT NULL,
    "FirstNumber" INTEGER NOT NULL,
    "ListsSources" INTEGER NOT NULL,
    CONSTRAINT "FK_VeilleProfiles_Groups_GroupId" FOREIGN KEY ("GroupId") REFERENCES "Groups" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "VeillePublishedIssues" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_VeillePublishedIssues" PRIMARY KEY,
    "Number" INTEGER NOT NULL,
    "Week" INTEGER NOT NULL,
    "Body" TEXT NOT NULL,
    "BodyHtml" TEXT NOT NULL,
    "BodyRenderer" INTEGER NOT NULL,
    "CoverFileId" TEXT NULL,
    "CoverText" TEXT NULL,
    "EditedAt" TEXT NULL,
    CONSTRAINT "FK_VeillePublishedIssues_Files_CoverFileId" FOREIGN KEY ("CoverFileId") REFERENCES "Files" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_VeillePublishedIssues_Items_Id" FOREIGN KEY ("Id") REFERENCES "Items" ("Id") ON DELETE CASCADE
);

CREATE TABLE "VeilleQuotes" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_VeilleQuotes" PRIMARY KEY,
    "ItemId" TEXT NOT NULL,
    "AuthorId" TEXT NOT NULL,
    "Text" TEXT NOT NULL,
    "Note" TEXT NULL,
    "At" TEXT NOT NULL,
    CONSTRAINT "FK_VeilleQuotes_Items_ItemId" FOREIGN KEY ("ItemId") REFERENCES "Items" ("Id") ON DELETE CASCADE
);

CREATE TABLE "VeilleReaders" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_VeilleReaders" PRIMARY KEY,
    "GroupId" TEXT NOT NULL,
    "Email" TEXT NOT NULL,
    "NormalizedEmail" TEXT NOT NULL,
    "State" INTEGER NOT NULL,
    "AskedAt" TEXT NOT NULL,
    "ConfirmedAt" TEXT NULL,
    "LeftAt" TEXT NULL,
    CONSTRAINT "FK_VeilleReaders_Groups_GroupId" FOREIGN KEY ("GroupId") REFERENCES "Groups" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "VeilleRules" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_VeilleRules" PRIMARY KEY,
    "GroupId" TEXT NOT NULL,
    "Query" TEXT NOT NULL,
    "Action" INTEGER NOT NULL,
    "SourceId" TEXT NULL,
    "Folder" TEXT NULL,
    "Position" INTEGER NOT NULL,
    "CreatedById" TEXT NOT NULL,
    CONSTRAINT "FK_VeilleRules_Groups_GroupId" FOREIGN KEY ("GroupId") REFERENCES "Groups" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "VeilleSightings" (
    "SourceId" TEXT NOT NULL,
    "EntryKey" TEXT NOT NULL,
    "NewsId" TEXT NOT NULL,
    "SeenAt" TEXT NOT NULL,
    CONSTRAINT "PK_VeilleSightings" PRIMARY KEY ("SourceId", "EntryKey")
);

CREATE TABLE "VeilleSources" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_VeilleSources" PRIMARY KEY,
    "Address" TEXT NOT NULL,
    "Selectors" TEXT NULL,
    "SelectorsKey" TEXT NOT NULL,
    "Title" TEXT NOT NULL,
    "SiteAddress" TEXT NULL,
    "Description" TEXT NULL,
    "Language" TEXT NULL,
    "State" INTEGER NOT NULL,
    "NextFetchAt" TEXT NOT NULL,
    "LeaseUntil" TEXT NULL,
    "LastFetchAt" TEXT NULL,
    "LastSuccessAt" TEXT NULL,
    "LastEntryAt" TEXT NULL,
    "EntriesInAWeek" INTEGER NOT NULL,
    "ETag" TEXT NULL,
    "LastModified" TEXT NULL,
    "BodyHash" TEXT NULL,
    "Fault" INTEGER NOT NULL,
    "FaultStatus" INTEGER NULL,
    "Failures" INTEGER NOT NULL,
    "FailingSince" TEXT NULL,
    "FailureToldAt" TEXT NULL,
    "Repairs" TEXT NULL,
    "MovedTo" TEXT NULL,
    "MovedSince" TEXT NULL
);

CREATE TABLE "VeillePool" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_VeillePool" PRIMARY KEY,
    "GroupId" TEXT NOT NULL,
    "NewsId" TEXT NOT NULL,
    "ArrivedAt" TEXT NOT NULL,
    "SourceId" TEXT NULL,
    "SourceCount" INTEGER NOT NULL,
    "FindId" TEXT NULL,
    "State" INTEGER NOT NULL,
    "IsStarred" INTEGER NOT NULL,
    "Position" INTEGER NOT NULL,
    "Rubric" TEXT NULL,
    "Line" TEXT NULL,
    "ChosenExcerpt" TEXT NULL,
    "IssueId" TEXT NULL,
    "MovedById" TEXT NULL,
    "MovedAt" TEXT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "FK_VeillePool_Groups_GroupId" FOREIGN KEY ("GroupId") REFERENCES "Groups" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_VeillePool_VeilleNews_NewsId" FOREIGN KEY ("NewsId") REFERENCES "VeilleNews" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "VeilleTexts" (
    "NewsId" TEXT NOT NULL CONSTRAINT "PK_VeilleTexts" PRIMARY KEY,
    "Html" TEXT NOT NULL,
    "Problem" INTEGER NOT NULL,
    "ReadAt" TEXT NOT NULL,
    CONSTRAINT "FK_VeilleTexts_VeilleNews_NewsId" FOREIGN KEY ("NewsId") REFERENCES "VeilleNews" ("Id") ON DELETE CASCADE
);

CREATE TABLE "VeilleAnnouncements" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_VeilleAnnouncements" PRIMARY KEY,
    "OutletId" TEXT NOT NULL,
    "ItemId" TEXT NOT NULL,
    "State" INTEGER NOT NULL,
    "NextTryAt" TEXT NOT NULL,
    "LeaseUntil" TEXT NULL,
    "Attempts" INTEGER NOT NULL,
    "Status" INTEGER NULL,
    "Problem" TEXT NULL,
    "SentAt" TEXT NULL,
    "RemoteAddress" TEXT NULL,
    CONSTRAINT "FK_VeilleAnnouncements_Items_ItemId" FOREIGN KEY ("ItemId") REFERENCES "Items" ("Id") ON DELETE CASCADE,
    CONSTRAINT "FK_VeilleAnnouncements_VeilleOutlets_OutletId" FOREIGN KEY ("OutletId") REFERENCES "VeilleOutlets" ("Id") ON DELETE CASCADE
);

CREATE TABLE "VeilleGroupSources" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_VeilleGroupSources" PRIMARY KEY,
    "GroupId" TEXT NOT NULL,
    "SourceId" TEXT NOT NULL,
    "Name" TEXT NULL,
    "Folder" TEXT NULL,
    "IsMuted" INTEGER NOT NULL,
    "AddedById" TEXT NOT NULL,
    "AddedAt" TEXT NOT NULL,
    CONSTRAINT "FK_VeilleGroupSources_Groups_GroupId" FOREIGN KEY ("GroupId") REFERENCES "Groups" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_VeilleGroupSources_VeilleSources_SourceId" FOREIGN KEY ("SourceId") REFERENCES "VeilleSources" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "VeilleHubs" (
    "SourceId" TEXT NOT NULL CONSTRAINT "PK_VeilleHubs" PRIMARY KEY,
    "Hub" TEXT NOT NULL,
    "Topic" TEXT NOT NULL,
    "Token" TEXT NOT NULL,
    "Secret" TEXT NOT NULL,
    "State" INTEGER NOT NULL,
    "NextAskAt" TEXT NOT NULL,
    "LeaseUntil" TEXT NULL,
    "Failures" INTEGER NOT NULL,
    "LastPushAt" TEXT NULL,
    CONSTRAINT "FK_VeilleHubs_VeilleSources_SourceId" FOREIGN KEY ("SourceId") REFERENCES "VeilleSources" ("Id") ON DELETE CASCADE
);

CREATE INDEX "IX_VeilleAnnouncements_ItemId" ON "VeilleAnnouncements" ("ItemId");

CREATE UNIQUE INDEX "IX_VeilleAnnouncements_OutletId_ItemId" ON "VeilleAnnouncements" ("OutletId", "ItemId");

CREATE INDEX "IX_VeilleAnnouncements_State_NextTryAt" ON "VeilleAnnouncements" ("State", "NextTryAt");

CREATE INDEX "IX_VeilleArticles_GroupId_PublishedAt" ON "VeilleArticles" ("GroupId", "PublishedAt");

CREATE UNIQUE INDEX "IX_VeilleArticles_ItemId_Position" ON "VeilleArticles" ("ItemId", "Position");

CREATE UNIQUE INDEX "IX_VeilleEditorials_Slug" ON "VeilleEditorials" ("Slug");

CREATE INDEX "IX_VeilleFinds_NewsId" ON "VeilleFinds" ("NewsId");

CREATE INDEX "IX_VeilleFinds_PictureId" ON "VeilleFinds" ("PictureId");

CREATE UNIQUE INDEX "IX_VeilleGroupSources_GroupId_SourceId" ON "VeilleGroupSources" ("GroupId", "SourceId");

CREATE INDEX "IX_VeilleGroupSources_SourceId" ON "VeilleGroupSources" ("SourceId");

CREATE INDEX "IX_VeilleHubs_State_NextAskAt" ON "VeilleHubs" ("State", "NextAskAt");

CREATE UNIQUE INDEX "IX_VeilleHubs_Token" ON "VeilleHubs" ("Token");

CREATE INDEX "IX_VeilleIssues_CoverFileId" ON "VeilleIssues" ("CoverFileId");

CREATE UNIQUE INDEX "IX_VeilleIssues_GroupId_Number" ON "VeilleIssues" ("GroupId", "Number");

CREATE UNIQUE INDEX "IX_VeilleIssues_GroupId_Week" ON "VeilleIssues" ("GroupId", "Week");

CREATE INDEX "IX_VeilleIssues_State_PublishAt" ON "VeilleIssues" ("State", "PublishAt");

CREATE INDEX "IX_VeilleMarks_SeenAt" ON "VeilleMarks" ("SeenAt");

CREATE UNIQUE INDEX "IX_VeilleNews_AddressKey" ON "VeilleNews" ("AddressKey");

CREATE INDEX "IX_VeilleNews_SameAsId" ON "VeilleNews" ("SameAsId");

CREATE INDEX "IX_VeilleNews_TitleKey_FirstSeenAt" ON "VeilleNews" ("TitleKey", "FirstSeenAt");

CREATE INDEX "IX_VeilleOutlets_GroupId" ON "VeilleOutlets" ("GroupId");

CREATE INDEX "IX_VeillePool_FindId" ON "VeillePool" ("FindId");

CREATE UNIQUE INDEX "IX_VeillePool_GroupId_NewsId" ON "VeillePool" ("GroupId", "NewsId");

CREATE INDEX "IX_VeillePool_GroupId_SourceId_ArrivedAt" ON "VeillePool" ("GroupId", "SourceId", "ArrivedAt");

CREATE INDEX "IX_VeillePool_GroupId_State_ArrivedAt" ON "VeillePool" ("GroupId", "State", "ArrivedAt");

CREATE INDEX "IX_VeillePool_IssueId" ON "VeillePool" ("IssueId");

CREATE INDEX "IX_VeillePool_NewsId" ON "VeillePool" ("NewsId");

CREATE INDEX "IX_VeillePublishedIssues_CoverFileId" ON "VeillePublishedIssues" ("CoverFileId");

CREATE INDEX "IX_VeillePublishedIssues_Number" ON "VeillePublishedIssues" ("Number");

CREATE INDEX "IX_VeilleQuotes_ItemId_At" ON "VeilleQuotes" ("ItemId", "At");

CREATE UNIQUE INDEX "IX_VeilleReaders_GroupId_NormalizedEmail" ON "VeilleReaders" ("GroupId", "NormalizedEmail");

CREATE INDEX "IX_VeilleRules_GroupId_Position" ON "VeilleRules" ("GroupId", "Position");

CREATE INDEX "IX_VeilleSightings_NewsId" ON "VeilleSightings" ("NewsId");

CREATE UNIQUE INDEX "IX_VeilleSources_Address_SelectorsKey" ON "VeilleSources" ("Address", "SelectorsKey");

CREATE INDEX "IX_VeilleSources_State_NextFetchAt" ON "VeilleSources" ("State", "NextFetchAt");

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261128163114_AddVeille', '10.0.14');

COMMIT;

BEGIN TRANSACTION;
UPDATE "Memberships" SET "MailLevel" = "MailLevel" + 2 WHERE "MailLevel" > 0;

UPDATE "Groups" SET "DefaultMailLevel" = "DefaultMailLevel" + 2 WHERE "DefaultMailLevel" > 0;

ALTER TABLE "Notifications" ADD "MailDueAt" TEXT NULL;

ALTER TABLE "Memberships" ADD "RemindedAt" TEXT NULL;

ALTER TABLE "Mails" ADD "AnswersNumber" INTEGER NULL;

ALTER TABLE "Mails" ADD "Domain" TEXT NULL;

ALTER TABLE "Mails" ADD "Files" TEXT NULL;

ALTER TABLE "Mails" ADD "IsAnswerable" INTEGER NOT NULL DEFAULT 0;

ALTER TABLE "Mails" ADD "Key" TEXT NULL;

ALTER TABLE "Mails" ADD "WasUncertain" INTEGER NOT NULL DEFAULT 0;

ALTER TABLE "Invitations" ADD "RemindedAt" TEXT NULL;

ALTER TABLE "Groups" ADD "MailsTitlesOnly" INTEGER NOT NULL DEFAULT 0;

CREATE TABLE "Digests" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Digests" PRIMARY KEY,
    "MemberId" TEXT NOT NULL,
    "Kind" INTEGER NOT NULL,
    "Period" TEXT NOT NULL,
    "From" TEXT NOT NULL,
    "Until" TEXT NOT NULL,
    "MailId" TEXT NULL,
    "CreatedAt" TEXT NOT NULL,
    CONSTRAINT "FK_Digests_Members_MemberId" FOREIGN KEY ("MemberId") REFERENCES "Members" ("Id") ON DELETE CASCADE
);

CREATE TABLE "GroupLetters" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_GroupLetters" PRIMARY KEY,
    "Body" TEXT NOT NULL,
    "BodyHtml" TEXT NOT NULL,
    "BodyRenderer" INTEGER NOT NULL,
    "IsUrgent" INTEGER NOT NULL,
    CONSTRAINT "FK_GroupLetters_Items_Id" FOREIGN KEY ("Id") REFERENCES "Items" ("Id") ON DELETE CASCADE
);

CREATE TABLE "MailAddresses" (
    "Address" TEXT NOT NULL CONSTRAINT "PK_MailAddresses" PRIMARY KEY,
    "State" INTEGER NOT NULL,
    "Since" TEXT NOT NULL,
    "Until" TEXT NULL,
    "Status" TEXT NULL,
    "Diagnostic" TEXT NULL
);

CREATE TABLE "MailBounces" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_MailBounces" PRIMARY KEY,
    "Address" TEXT NOT NULL,
    "MailId" TEXT NULL,
    "MemberId" TEXT NULL,
    "At" TEXT NOT NULL,
    "Kind" INTEGER NOT NULL,
    "Status" TEXT NULL,
    "Diagnostic" TEXT NULL
);

CREATE TABLE "MailPreferences" (
    "MemberId" TEXT NOT NULL CONSTRAINT "PK_MailPreferences" PRIMARY KEY,
    "IsSilent" INTEGER NOT NULL,
    "DigestHour" INTEGER NOT NULL,
    "DigestDays" INTEGER NOT NULL,
    "WeeklyDay" INTEGER NOT NULL,
    "PausedUntil" TEXT NULL,
    "QuietFrom" INTEGER NULL,
    "QuietUntil" INTEGER NULL,
    CONSTRAINT "FK_MailPreferences_Members_MemberId" FOREIGN KEY ("MemberId") REFERENCES "Members" ("Id") ON DELETE CASCADE
);

CREATE TABLE "PostedByMail" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_PostedByMail" PRIMARY KEY,
    "ItemId" TEXT NOT NULL,
    "CommentId" TEXT NULL,
    "MessageId" TEXT NULL,
    "Elided" TEXT NULL,
    CONSTRAINT "FK_PostedByMail_Items_ItemId" FOREIGN KEY ("ItemId") REFERENCES "Items" ("Id") ON DELETE CASCADE
);

CREATE TABLE "Pulses" (
    "Name" TEXT NOT NULL CONSTRAINT "PK_Pulses" PRIMARY KEY,
    "LastAt" TEXT NOT NULL,
    "LastSuccessAt" TEXT NULL,
    "Detail" TEXT NULL
);

CREATE TABLE "ReceivedMails" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_ReceivedMails" PRIMARY KEY,
    "UniqueKey" TEXT NOT NULL,
    "MessageId" TEXT NULL,
    "ReceivedAt" TEXT NOT NULL,
    "FromAddress" TEXT NOT NULL,
    "FromName" TEXT NULL,
    "Recipient" TEXT NOT NULL,
    "Subject" TEXT NOT NULL,
    "Kind" INTEGER NOT NULL,
    "Outcome" INTEGER NOT NULL,
    "Cause" INTEGER NULL,
    "Detail" TEXT NULL,
    "MemberId" TEXT NULL,
    "GroupId" TEXT NULL,
    "ItemId" TEXT NULL,
    "CommentId" TEXT NULL,
    "AnsweredAt" TEXT NULL,
    "RawFileId" TEXT NULL,
    "Attempts" INTEGER NOT NULL,
    "LeaseUntil" TEXT NULL,
    CONSTRAINT "FK_ReceivedMails_Files_RawFileId" FOREIGN KEY ("RawFileId") REFERENCES "Files" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "SpentLinks" (
    "Hash" TEXT NOT NULL CONSTRAINT "PK_SpentLinks" PRIMARY KEY,
    "At" TEXT NOT NULL
);

CREATE TABLE "DigestLines" (
    "DigestId" TEXT NOT NULL,
    "ItemId" TEXT NOT NULL,
    "Place" INTEGER NOT NULL,
    CONSTRAINT "PK_DigestLines" PRIMARY KEY ("DigestId", "ItemId"),
    CONSTRAINT "FK_DigestLines_Digests_DigestId" FOREIGN KEY ("DigestId") REFERENCES "Digests" ("Id") ON DELETE CASCADE
);

CREATE INDEX "IX_Notifications_MailDueAt" ON "Notifications" ("MailDueAt");

CREATE INDEX "IX_Mails_CreatedAt" ON "Mails" ("CreatedAt");

CREATE INDEX "IX_Mails_ItemId_MemberId" ON "Mails" ("ItemId", "MemberId");

CREATE UNIQUE INDEX "IX_Mails_Key" ON "Mails" ("Key");

CREATE INDEX "IX_DigestLines_ItemId" ON "DigestLines" ("ItemId");

CREATE INDEX "IX_Digests_CreatedAt" ON "Digests" ("CreatedAt");

CREATE INDEX "IX_Digests_MailId" ON "Digests" ("MailId");

CREATE UNIQUE INDEX "IX_Digests_MemberId_Kind_Period" ON "Digests" ("MemberId", "Kind", "Period");

CREATE INDEX "IX_MailAddresses_State" ON "MailAddresses" ("State");

CREATE INDEX "IX_MailBounces_Address_At" ON "MailBounces" ("Address", "At");

CREATE INDEX "IX_MailBounces_At" ON "MailBounces" ("At");

CREATE INDEX "IX_MailBounces_MailId" ON "MailBounces" ("MailId");

CREATE INDEX "IX_PostedByMail_CommentId" ON "PostedByMail" ("CommentId");

CREATE INDEX "IX_PostedByMail_ItemId_CommentId" ON "PostedByMail" ("ItemId", "CommentId");

CREATE INDEX "IX_ReceivedMails_FromAddress_AnsweredAt" ON "ReceivedMails" ("FromAddress", "AnsweredAt");

CREATE INDEX "IX_ReceivedMails_GroupId_Outcome" ON "ReceivedMails" ("GroupId", "Outcome");

CREATE INDEX "IX_ReceivedMails_Outcome" ON "ReceivedMails" ("Outcome");

CREATE INDEX "IX_ReceivedMails_RawFileId" ON "ReceivedMails" ("RawFileId");

CREATE INDEX "IX_ReceivedMails_ReceivedAt" ON "ReceivedMails" ("ReceivedAt");

CREATE UNIQUE INDEX "IX_ReceivedMails_UniqueKey" ON "ReceivedMails" ("UniqueKey");

CREATE INDEX "IX_SpentLinks_At" ON "SpentLinks" ("At");

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261128182830_AddMail', '10.0.14');

COMMIT;

BEGIN TRANSACTION;
ALTER TABLE "Invitations" ADD "RefusedAt" TEXT NULL;

CREATE TABLE "InvitationRefusals" (
    "AddressHash" TEXT NOT NULL CONSTRAINT "PK_InvitationRefusals" PRIMARY KEY,
    "At" TEXT NOT NULL
);

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261128215804_AddInvitationRefusals', '10.0.14');

COMMIT;

BEGIN TRANSACTION;
ALTER TABLE "Items" ADD "IsLinked" INTEGER NOT NULL DEFAULT 0;

CREATE TABLE "ContentLinks" (
    "ItemId" TEXT NOT NULL,
    "SourceId" TEXT NOT NULL,
    "At" TEXT NOT NULL,
    CONSTRAINT "PK_ContentLinks" PRIMARY KEY ("ItemId", "SourceId"),
    CONSTRAINT "FK_ContentLinks_Items_ItemId" FOREIGN KEY ("ItemId") REFERENCES "Items" ("Id") ON DELETE CASCADE
);

CREATE INDEX "IX_ContentLinks_SourceId" ON "ContentLinks" ("SourceId");

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261129010812_AddContentLinks', '10.0.14');

COMMIT;

BEGIN TRANSACTION;
CREATE TABLE "CoeditTexts" (
    "ItemId" TEXT NOT NULL CONSTRAINT "PK_CoeditTexts" PRIMARY KEY,
    "Version" INTEGER NOT NULL,
    "Text" TEXT NOT NULL,
    CONSTRAINT "FK_CoeditTexts_Items_ItemId" FOREIGN KEY ("ItemId") REFERENCES "Items" ("Id") ON DELETE CASCADE
);

CREATE TABLE "CoeditUpdates" (
    "ItemId" TEXT NOT NULL,
    "Version" INTEGER NOT NULL,
    "ClientId" TEXT NOT NULL,
    "Sequence" INTEGER NOT NULL,
    "Changes" TEXT NOT NULL,
    "AuthorId" TEXT NOT NULL,
    "At" TEXT NOT NULL,
    CONSTRAINT "PK_CoeditUpdates" PRIMARY KEY ("ItemId", "Version"),
    CONSTRAINT "FK_CoeditUpdates_Items_ItemId" FOREIGN KEY ("ItemId") REFERENCES "Items" ("Id") ON DELETE CASCADE,
    CONSTRAINT "FK_CoeditUpdates_Members_AuthorId" FOREIGN KEY ("AuthorId") REFERENCES "Members" ("Id") ON DELETE RESTRICT
);

CREATE INDEX "IX_CoeditUpdates_At" ON "CoeditUpdates" ("At");

CREATE INDEX "IX_CoeditUpdates_AuthorId" ON "CoeditUpdates" ("AuthorId");

CREATE UNIQUE INDEX "IX_CoeditUpdates_ItemId_ClientId_Sequence" ON "CoeditUpdates" ("ItemId", "ClientId", "Sequence");

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261129015220_AddCoediting', '10.0.14');

COMMIT;

BEGIN TRANSACTION;
ALTER TABLE "Revisions" ADD "Comment" TEXT NULL;

ALTER TABLE "Revisions" ADD "Name" TEXT NULL;

ALTER TABLE "Revisions" ADD "Version" INTEGER NOT NULL DEFAULT 0;

ALTER TABLE "Items" ADD "HasCoAuthors" INTEGER NOT NULL DEFAULT 0;

ALTER TABLE "GroupTools" ADD "HomePlace" INTEGER NULL;

ALTER TABLE "GroupTools" ADD "IsOffHome" INTEGER NOT NULL DEFAULT 0;

ALTER TABLE "Groups" ADD "LaunchTicks" TEXT NULL;

ALTER TABLE "Groups" ADD "LaunchedAt" TEXT NULL;

CREATE TABLE "AgendaDateChanges" (
    "ItemId" TEXT NOT NULL,
    "Key" TEXT NOT NULL,
    "IsCancelled" INTEGER NOT NULL,
    "StartLocal" TEXT NULL,
    "EndLocal" TEXT NULL,
    "Place" TEXT NULL,
    CONSTRAINT "PK_AgendaDateChanges" PRIMARY KEY ("ItemId", "Key"),
    CONSTRAINT "FK_AgendaDateChanges_Items_ItemId" FOREIGN KEY ("ItemId") REFERENCES "Items" ("Id") ON DELETE CASCADE
);

CREATE TABLE "AgendaDates" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_AgendaDates" PRIMARY KEY,
    "ItemId" TEXT NOT NULL,
    "GroupId" TEXT NOT NULL,
    "Kind" INTEGER NOT NULL,
    "Key" TEXT NOT NULL,
    "StartLocal" TEXT NOT NULL,
    "EndLocal" TEXT NOT NULL,
    "StartUtc" TEXT NOT NULL,
    "EndUtc" TEXT NOT NULL,
    "IsAllDay" INTEGER NOT NULL,
    "IsSeries" INTEGER NOT NULL,
    "Place" TEXT NULL,
    "Commune" TEXT NULL,
    "Attendance" INTEGER NOT NULL,
    "IsCancelled" INTEGER NOT NULL,
    CONSTRAINT "FK_AgendaDates_Items_ItemId" FOREIGN KEY ("ItemId") REFERENCES "Items" ("Id") ON DELETE CASCADE
);

CREATE TABLE "AgendaEvents" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_AgendaEvents" PRIMARY KEY,
    "Body" TEXT NOT NULL,
    "BodyHtml" TEXT NOT NULL,
    "BodyRenderer" INTEGER NOT NULL,
    "EditedAt" TEXT NULL,
    "Kind" INTEGER NOT NULL,
    "StartLocal" TEXT NOT NULL,
    "EndLocal" TEXT NOT NULL,
    "TimeZone" TEXT NOT NULL,
    "IsAllDay" INTEGER NOT NULL,
    "Rule" TEXT NULL,
    "SpreadUntil" TEXT NULL,
    "Place" TEXT NULL,
    "Commune" TEXT NULL,
    "OnlineUrl" TEXT NULL,
    "Contact" TEXT NULL,
    "Price" TEXT NULL,
    "Attendance" INTEGER NOT NULL,
    "Places" INTEGER NULL,
    "ClosesBefore" INTEGER NOT NULL,
    "Questions" TEXT NOT NULL,
    "CancelledAt" TEXT NULL,
    "Sequence" INTEGER NOT NULL,
    "Minutes" TEXT NULL,
    "MinutesHtml" TEXT NULL,
    CONSTRAINT "FK_AgendaEvents_Items_Id" FOREIGN KEY ("Id") REFERENCES "Items" ("Id") ON DELETE CASCADE
);

CREATE TABLE "AgendaRegistrations" (
    "ItemId" TEXT NOT NULL,
    "Key" TEXT NOT NULL,
    "MemberId" TEXT NOT NULL,
    "Answer" INTEGER NOT NULL,
    "WaitingSince" TEXT NULL,
    "Attendance" INTEGER NOT NULL,
    "Answers" TEXT NOT NULL,
    "AnsweredAt" TEXT NOT NULL,
    "WasThere" INTEGER NULL,
    CONSTRAINT "PK_AgendaRegistrations" PRIMARY KEY ("ItemId", "Key", "MemberId"),
    CONSTRAINT "FK_AgendaRegistrations_Items_ItemId" FOREIGN KEY ("ItemId") REFERENCES "Items" ("Id") ON DELETE CASCADE,
    CONSTRAINT "FK_AgendaRegistrations_Members_MemberId" FOREIGN KEY ("MemberId") REFERENCES "Members" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "AgendaReminders" (
    "MemberId" TEXT NOT NULL,
    "EventId" TEXT NOT NULL,
    "Lead" INTEGER NOT NULL,
    CONSTRAINT "PK_AgendaReminders" PRIMARY KEY ("MemberId", "EventId"),
    CONSTRAINT "FK_AgendaReminders_Members_MemberId" FOREIGN KEY ("MemberId") REFERENCES "Members" ("Id") ON DELETE CASCADE
);

CREATE TABLE "AgendaRides" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_AgendaRides" PRIMARY KEY,
    "ItemId" TEXT NOT NULL,
    "Key" TEXT NOT NULL,
    "MemberId" TEXT NOT NULL,
    "Seats" INTEGER NOT NULL,
    "Commune" TEXT NOT NULL,
    "Note" TEXT NOT NULL,
    CONSTRAINT "FK_AgendaRides_Items_ItemId" FOREIGN KEY ("ItemId") REFERENCES "Items" ("Id") ON DELETE CASCADE,
    CONSTRAINT "FK_AgendaRides_Members_MemberId" FOREIGN KEY ("MemberId") REFERENCES "Members" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "ArticleDrafts" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_ArticleDrafts" PRIMARY KEY,
    "GroupId" TEXT NOT NULL,
    "Title" TEXT NOT NULL,
    "Summary" TEXT NOT NULL,
    "Body" TEXT NOT NULL,
    "Tags" TEXT NOT NULL,
    "Audience" INTEGER NOT NULL,
    "CoverFileId" TEXT NULL,
    "CoverText" TEXT NULL,
    "IsCommentable" INTEGER NOT NULL,
    "SourceShortId" TEXT NULL,
    "CreatedById" TEXT NOT NULL,
    "UpdatedAt" TEXT NOT NULL,
    "PublishAt" TEXT NULL,
    "ScheduledById" TEXT NULL,
    "Failure" TEXT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "FK_ArticleDrafts_Files_CoverFileId" FOREIGN KEY ("CoverFileId") REFERENCES "Files" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_ArticleDrafts_Groups_GroupId" FOREIGN KEY ("GroupId") REFERENCES "Groups" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_ArticleDrafts_Members_CreatedById" FOREIGN KEY ("CreatedById") REFERENCES "Members" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "Articles" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Articles" PRIMARY KEY,
    "Summary" TEXT NOT NULL,
    "Body" TEXT NOT NULL,
    "BodyHtml" TEXT NOT NULL,
    "BodyRenderer" INTEGER NOT NULL,
    "EditedAt" TEXT NULL,
    "CoverFileId" TEXT NULL,
    "CoverText" TEXT NULL,
    "WordCount" INTEGER NOT NULL,
    CONSTRAINT "FK_Articles_Files_CoverFileId" FOREIGN KEY ("CoverFileId") REFERENCES "Files" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_Articles_Items_Id" FOREIGN KEY ("Id") REFERENCES "Items" ("Id") ON DELETE CASCADE
);

CREATE TABLE "Bookmarks" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Bookmarks" PRIMARY KEY,
    "Address" TEXT NOT NULL,
    "AddressKey" TEXT NOT NULL,
    "Body" TEXT NOT NULL,
    "BodyHtml" TEXT NOT NULL,
    "BodyRenderer" INTEGER NOT NULL,
    "EditedAt" TEXT NULL,
    "CheckedAt" TEXT NULL,
    "Failures" INTEGER NOT NULL,
    "FailingSince" TEXT NULL,
    CONSTRAINT "FK_Bookmarks_Items_Id" FOREIGN KEY ("Id") REFERENCES "Items" ("Id") ON DELETE CASCADE
);

CREATE TABLE "CoAuthors" (
    "ItemId" TEXT NOT NULL,
    "MemberId" TEXT NOT NULL,
    "OrganisationId" TEXT NULL,
    "Position" INTEGER NOT NULL,
    CONSTRAINT "PK_CoAuthors" PRIMARY KEY ("ItemId", "MemberId"),
    CONSTRAINT "FK_CoAuthors_Items_ItemId" FOREIGN KEY ("ItemId") REFERENCES "Items" ("Id") ON DELETE CASCADE,
    CONSTRAINT "FK_CoAuthors_Members_MemberId" FOREIGN KEY ("MemberId") REFERENCES "Members" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_CoAuthors_Organisations_OrganisationId" FOREIGN KEY ("OrganisationId") REFERENCES "Organisations" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "WikiLinks" (
    "ItemId" TEXT NOT NULL,
    "Key" TEXT NOT NULL,
    "TargetId" TEXT NULL,
    CONSTRAINT "PK_WikiLinks" PRIMARY KEY ("ItemId", "Key"),
    CONSTRAINT "FK_WikiLinks_Items_ItemId" FOREIGN KEY ("ItemId") REFERENCES "Items" ("Id") ON DELETE CASCADE
);

CREATE TABLE "WikiPages" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_WikiPages" PRIMARY KEY,
    "Body" TEXT NOT NULL,
    "BodyHtml" TEXT NOT NULL,
    "BodyRenderer" INTEGER NOT NULL,
    "EditedAt" TEXT NULL,
    "FoldedTitle" TEXT NOT NULL,
    "ParentId" TEXT NULL,
    "Rank" INTEGER NOT NULL,
    "Writers" INTEGER NOT NULL,
    "IsTemplate" INTEGER NOT NULL,
    "FirstName" TEXT NULL,
    "RemovedWith" TEXT NULL,
    "LiftedFrom" TEXT NULL,
    CONSTRAINT "FK_WikiPages_Items_Id" FOREIGN KEY ("Id") REFERENCES "Items" ("Id") ON DELETE CASCADE
);

CREATE TABLE "WikiTreeFollowers" (
    "ItemId" TEXT NOT NULL,
    "MemberId" TEXT NOT NULL,
    CONSTRAINT "PK_WikiTreeFollowers" PRIMARY KEY ("ItemId", "MemberId"),
    CONSTRAINT "FK_WikiTreeFollowers_Items_ItemId" FOREIGN KEY ("ItemId") REFERENCES "Items" ("Id") ON DELETE CASCADE
);

CREATE TABLE "AgendaRideSeats" (
    "RideId" TEXT NOT NULL,
    "MemberId" TEXT NOT NULL,
    CONSTRAINT "PK_AgendaRideSeats" PRIMARY KEY ("RideId", "MemberId"),
    CONSTRAINT "FK_AgendaRideSeats_AgendaRides_RideId" FOREIGN KEY ("RideId") REFERENCES "AgendaRides" ("Id") ON DELETE CASCADE,
    CONSTRAINT "FK_AgendaRideSeats_Members_MemberId" FOREIGN KEY ("MemberId") REFERENCES "Members" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "ArticleDraftAuthors" (
    "DraftId" TEXT NOT NULL,
    "MemberId" TEXT NOT NULL,
    "Position" INTEGER NOT NULL,
    CONSTRAINT "PK_ArticleDraftAuthors" PRIMARY KEY ("DraftId", "MemberId"),
    CONSTRAINT "FK_ArticleDraftAuthors_ArticleDrafts_DraftId" FOREIGN KEY ("DraftId") REFERENCES "ArticleDrafts" ("Id") ON DELETE CASCADE,
    CONSTRAINT "FK_ArticleDraftAuthors_Members_MemberId" FOREIGN KEY ("MemberId") REFERENCES "Members" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "ArticleDraftFiles" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_ArticleDraftFiles" PRIMARY KEY,
    "DraftId" TEXT NOT NULL,
    "FileId" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    CONSTRAINT "FK_ArticleDraftFiles_ArticleDrafts_DraftId" FOREIGN KEY ("DraftId") REFERENCES "ArticleDrafts" ("Id") ON DELETE CASCADE,
    CONSTRAINT "FK_ArticleDraftFiles_Files_FileId" FOREIGN KEY ("FileId") REFERENCES "Files" ("Id") ON DELETE RESTRICT
);

CREATE INDEX "IX_AgendaDates_GroupId_StartUtc" ON "AgendaDates" ("GroupId", "StartUtc");

CREATE UNIQUE INDEX "IX_AgendaDates_ItemId_Key" ON "AgendaDates" ("ItemId", "Key");

CREATE INDEX "IX_AgendaDates_StartUtc" ON "AgendaDates" ("StartUtc");

CREATE INDEX "IX_AgendaEvents_SpreadUntil" ON "AgendaEvents" ("SpreadUntil");

CREATE INDEX "IX_AgendaRegistrations_MemberId_Key" ON "AgendaRegistrations" ("MemberId", "Key");

CREATE UNIQUE INDEX "IX_AgendaRides_ItemId_Key_MemberId" ON "AgendaRides" ("ItemId", "Key", "MemberId");

CREATE INDEX "IX_AgendaRides_MemberId" ON "AgendaRides" ("MemberId");

CREATE INDEX "IX_AgendaRideSeats_MemberId" ON "AgendaRideSeats" ("MemberId");

CREATE INDEX "IX_ArticleDraftAuthors_MemberId" ON "ArticleDraftAuthors" ("MemberId");

CREATE INDEX "IX_ArticleDraftFiles_DraftId" ON "ArticleDraftFiles" ("DraftId");

CREATE INDEX "IX_ArticleDraftFiles_FileId" ON "ArticleDraftFiles" ("FileId");

CREATE INDEX "IX_ArticleDrafts_CoverFileId" ON "ArticleDrafts" ("CoverFileId");

CREATE INDEX "IX_ArticleDrafts_CreatedById" ON "ArticleDrafts" ("CreatedById");

CREATE INDEX "IX_ArticleDrafts_GroupId" ON "ArticleDrafts" ("GroupId");

CREATE INDEX "IX_ArticleDrafts_PublishAt" ON "ArticleDrafts" ("PublishAt");

CREATE INDEX "IX_Articles_CoverFileId" ON "Articles" ("CoverFileId");

CREATE INDEX "IX_Bookmarks_AddressKey" ON "Bookmarks" ("AddressKey");

CREATE INDEX "IX_Bookmarks_CheckedAt" ON "Bookmarks" ("CheckedAt");

CREATE INDEX "IX_CoAuthors_MemberId" ON "CoAuthors" ("MemberId");

CREATE INDEX "IX_CoAuthors_OrganisationId" ON "CoAuthors" ("OrganisationId");

CREATE INDEX "IX_WikiLinks_Key" ON "WikiLinks" ("Key");

CREATE INDEX "IX_WikiLinks_TargetId" ON "WikiLinks" ("TargetId");

CREATE INDEX "IX_WikiPages_FoldedTitle" ON "WikiPages" ("FoldedTitle");

CREATE INDEX "IX_WikiPages_ParentId" ON "WikiPages" ("ParentId");

CREATE INDEX "IX_WikiTreeFollowers_MemberId" ON "WikiTreeFollowers" ("MemberId");

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261129024348_AddRoomsOfGroups', '10.0.14');

COMMIT;

BEGIN TRANSACTION;
ALTER TABLE "Mails" ADD "Calendar" TEXT NULL;

ALTER TABLE "Files" ADD "Check" INTEGER NOT NULL DEFAULT 0;

ALTER TABLE "Files" ADD "CheckedAt" TEXT NULL;

ALTER TABLE "Files" ADD "Threat" TEXT NULL;

ALTER TABLE "AgendaEvents" ADD "ExtraDates" TEXT NULL;

ALTER TABLE "AgendaEvents" ADD "ImportedHash" TEXT NULL;

ALTER TABLE "AgendaEvents" ADD "ImportedVersion" INTEGER NULL;

ALTER TABLE "AgendaEvents" ADD "LeftOut" TEXT NULL;

ALTER TABLE "AgendaEvents" ADD "RelatedTo" TEXT NULL;

ALTER TABLE "AgendaEvents" ADD "Uid" TEXT NULL;

CREATE TABLE "AgendaDecisions" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_AgendaDecisions" PRIMARY KEY,
    "ItemId" TEXT NOT NULL,
    "Position" INTEGER NOT NULL,
    "Text" TEXT NOT NULL,
    "Who" TEXT NOT NULL,
    "Due" TEXT NULL,
    CONSTRAINT "FK_AgendaDecisions_Items_ItemId" FOREIGN KEY ("ItemId") REFERENCES "Items" ("Id") ON DELETE CASCADE
);

CREATE TABLE "AgendaOutsideCalendars" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_AgendaOutsideCalendars" PRIMARY KEY,
    "GroupId" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "Address" TEXT NOT NULL,
    "Audience" INTEGER NOT NULL,
    "IsExported" INTEGER NOT NULL,
    "AddedById" TEXT NOT NULL,
    "AddedAt" TEXT NOT NULL,
    "NextFetchAt" TEXT NOT NULL,
    "LeaseUntil" TEXT NULL,
    "LastFetchAt" TEXT NULL,
    "LastSuccessAt" TEXT NULL,
    "SpreadAt" TEXT NULL,
    "ETag" TEXT NULL,
    "LastModified" TEXT NULL,
    "BodyHash" TEXT NULL,
    "Fault" INTEGER NOT NULL,
    "FaultStatus" INTEGER NULL,
    "Failures" INTEGER NOT NULL,
    "FailingSince" TEXT NULL,
    "FailureToldAt" TEXT NULL,
    "DateCount" INTEGER NOT NULL,
    "IsCut" INTEGER NOT NULL,
    CONSTRAINT "FK_AgendaOutsideCalendars_Groups_GroupId" FOREIGN KEY ("GroupId") REFERENCES "Groups" ("Id") ON DELETE CASCADE,
    CONSTRAINT "FK_AgendaOutsideCalendars_Members_AddedById" FOREIGN KEY ("AddedById") REFERENCES "Members" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "FileFolders" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_FileFolders" PRIMARY KEY,
    "ShortId" TEXT NOT NULL,
    "GroupId" TEXT NOT NULL,
    "ParentId" TEXT NULL,
    "Name" TEXT NOT NULL,
    "CreatedById" TEXT NOT NULL,
    "CreatedAt" TEXT NOT NULL,
    "DeletedAt" TEXT NULL,
    CONSTRAINT "FK_FileFolders_FileFolders_ParentId" FOREIGN KEY ("ParentId") REFERENCES "FileFolders" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_FileFolders_Groups_GroupId" FOREIGN KEY ("GroupId") REFERENCES "Groups" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "FileSettings" (
    "GroupId" TEXT NOT NULL CONSTRAINT "PK_FileSettings" PRIMARY KEY,
    "QuotaBytes" INTEGER NULL,
    "AllowsSharing" INTEGER NOT NULL,
    CONSTRAINT "FK_FileSettings_Groups_GroupId" FOREIGN KEY ("GroupId") REFERENCES "Groups" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "FileTexts" (
    "ItemId" TEXT NOT NULL CONSTRAINT "PK_FileTexts" PRIMARY KEY,
    "State" INTEGER NOT NULL,
    "Fault" INTEGER NULL,
    "Text" TEXT NOT NULL,
    "IsCut" INTEGER NOT NULL,
    "Attempts" INTEGER NOT NULL,
    CONSTRAINT "FK_FileTexts_Items_ItemId" FOREIGN KEY ("ItemId") REFERENCES "Items" ("Id") ON DELETE CASCADE
);

CREATE TABLE "FileVersions" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_FileVersions" PRIMARY KEY,
    "ItemId" TEXT NOT NULL,
    "Number" INTEGER NOT NULL,
    "FileId" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "Comment" TEXT NULL,
    "AuthorId" TEXT NOT NULL,
    "CreatedAt" TEXT NOT NULL,
    CONSTRAINT "FK_FileVersions_Files_FileId" FOREIGN KEY ("FileId") REFERENCES "Files" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_FileVersions_Items_ItemId" FOREIGN KEY ("ItemId") REFERENCES "Items" ("Id") ON DELETE CASCADE,
    CONSTRAINT "FK_FileVersions_Members_AuthorId" FOREIGN KEY ("AuthorId") REFERENCES "Members" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "Guests" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Guests" PRIMARY KEY,
    "ItemId" TEXT NOT NULL,
    "Email" TEXT NOT NULL,
    "NormalizedEmail" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "MemberId" TEXT NULL,
    "InvitedById" TEXT NULL,
    "At" TEXT NOT NULL,
    "ConfirmedAt" TEXT NULL,
    "RefusedAt" TEXT NULL,
    CONSTRAINT "FK_Guests_Items_ItemId" FOREIGN KEY ("ItemId") REFERENCES "Items" ("Id") ON DELETE CASCADE,
    CONSTRAINT "FK_Guests_Members_InvitedById" FOREIGN KEY ("InvitedById") REFERENCES "Members" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_Guests_Members_MemberId" FOREIGN KEY ("MemberId") REFERENCES "Members" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "OwnBookmarks" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_OwnBookmarks" PRIMARY KEY,
    "ShortId" TEXT NOT NULL,
    "MemberId" TEXT NOT NULL,
    "Address" TEXT NOT NULL,
    "AddressKey" TEXT NOT NULL,
    "Title" TEXT NOT NULL,
    "Note" TEXT NOT NULL,
    "Words" TEXT NOT NULL,
    "CreatedAt" TEXT NOT NULL,
    "RemovedAt" TEXT NULL,
    CONSTRAINT "FK_OwnBookmarks_Members_MemberId" FOREIGN KEY ("MemberId") REFERENCES "Members" ("Id") ON DELETE CASCADE
);

CREATE TABLE "PollBallots" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_PollBallots" PRIMARY KEY,
    "ItemId" TEXT NOT NULL,
    "Tag" TEXT NOT NULL,
    "Marks" TEXT NOT NULL,
    "Reason" TEXT NULL,
    CONSTRAINT "FK_PollBallots_Items_ItemId" FOREIGN KEY ("ItemId") REFERENCES "Items" ("Id") ON DELETE CASCADE
);

CREATE TABLE "PollOptions" (
    "ItemId" TEXT NOT NULL,
    "Number" INTEGER NOT NULL,
    "Position" INTEGER NOT NULL,
    "Text" TEXT NOT NULL,
    "StartUtc" TEXT NULL,
    "EndUtc" TEXT NULL,
    "IsAdded" INTEGER NOT NULL,
    CONSTRAINT "PK_PollOptions" PRIMARY KEY ("ItemId", "Number"),
    CONSTRAINT "FK_PollOptions_Items_ItemId" FOREIGN KEY ("ItemId") REFERENCES "Items" ("Id") ON DELETE CASCADE
);

CREATE TABLE "Polls" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Polls" PRIMARY KEY,
    "Body" TEXT NOT NULL,
    "BodyHtml" TEXT NOT NULL,
    "BodyRenderer" INTEGER NOT NULL,
    "EditedAt" TEXT NULL,
    "Kind" INTEGER NOT NULL,
    "Secrecy" INTEGER NOT NULL,
    "Showing" INTEGER NOT NULL,
    "ClosesAt" TEXT NOT NULL,
    "SettledAt" TEXT NULL,
    "Quorum" INTEGER NULL,
    "Least" INTEGER NOT NULL,
    "Most" INTEGER NOT NULL,
    "Points" INTEGER NOT NULL,
    "PerOrganisation" INTEGER NOT NULL,
    "TakesOptions" INTEGER NOT NULL,
    "RemindBefore" INTEGER NOT NULL,
    "ReminderSentFor" TEXT NULL,
    "RemindedAt" TEXT NULL,
    "Seal" TEXT NULL,
    "HidesNames" INTEGER NOT NULL,
    "LastOption" INTEGER NOT NULL,
    "ConfirmedOption" INTEGER NULL,
    "Conclusion" TEXT NULL,
    "ConclusionHtml" TEXT NULL,
    "ConcludedAt" TEXT NULL,
    CONSTRAINT "FK_Polls_Items_Id" FOREIGN KEY ("Id") REFERENCES "Items" ("Id") ON DELETE CASCADE
);

CREATE TABLE "PollVoters" (
    "ItemId" TEXT NOT NULL,
    "VoterId" TEXT NOT NULL,
    "MemberId" TEXT NULL,
    "OrganisationId" TEXT NULL,
    CONSTRAINT "PK_PollVoters" PRIMARY KEY ("ItemId", "VoterId"),
    CONSTRAINT "FK_PollVoters_Items_ItemId" FOREIGN KEY ("ItemId") REFERENCES "Items" ("Id") ON DELETE CASCADE,
    CONSTRAINT "FK_PollVoters_Members_MemberId" FOREIGN KEY ("MemberId") REFERENCES "Members" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_PollVoters_Organisations_OrganisationId" FOREIGN KEY ("OrganisationId") REFERENCES "Organisations" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "QuestionnaireAnswers" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_QuestionnaireAnswers" PRIMARY KEY,
    "ItemId" TEXT NOT NULL,
    "PersonId" TEXT NULL,
    "Answers" TEXT NOT NULL,
    "AnsweredAt" TEXT NULL,
    CONSTRAINT "FK_QuestionnaireAnswers_Items_ItemId" FOREIGN KEY ("ItemId") REFERENCES "Items" ("Id") ON DELETE CASCADE
);

CREATE TABLE "QuestionnaireRespondents" (
    "ItemId" TEXT NOT NULL,
    "PersonId" TEXT NOT NULL,
    "MemberId" TEXT NULL,
    CONSTRAINT "PK_QuestionnaireRespondents" PRIMARY KEY ("ItemId", "PersonId"),
    CONSTRAINT "FK_QuestionnaireRespondents_Items_ItemId" FOREIGN KEY ("ItemId") REFERENCES "Items" ("Id") ON DELETE CASCADE,
    CONSTRAINT "FK_QuestionnaireRespondents_Members_MemberId" FOREIGN KEY ("MemberId") REFERENCES "Members" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "Questionnaires" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Questionnaires" PRIMARY KEY,
    "Body" TEXT NOT NULL,
    "BodyHtml" TEXT NOT NULL,
    "BodyRenderer" INTEGER NOT NULL,
    "EditedAt" TEXT NULL,
    "Parts" TEXT NOT NULL,
    "IsAnonymous" INTEGER NOT NULL,
    "ResultsFor" INTEGER NOT NULL,
    "ClosesAt" TEXT NOT NULL,
    "MostAnswers" INTEGER NULL,
    "RemindBefore" INTEGER NOT NULL,
    "RemindedAt" TEXT NULL,
    "PressedAt" TEXT NULL,
    "HidesNames" INTEGER NOT NULL,
    CONSTRAINT "FK_Questionnaires_Items_Id" FOREIGN KEY ("Id") REFERENCES "Items" ("Id") ON DELETE CASCADE
);

CREATE TABLE "ShareLinks" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_ShareLinks" PRIMARY KEY,
    "ItemId" TEXT NOT NULL,
    "TokenHash" TEXT NOT NULL,
    "PasswordHash" TEXT NULL,
    "ExpiresAt" TEXT NOT NULL,
    "MostDownloads" INTEGER NULL,
    "Downloads" INTEGER NOT NULL,
    "Failures" INTEGER NOT NULL,
    "FailingSince" TEXT NULL,
    "CreatedById" TEXT NOT NULL,
    "CreatedAt" TEXT NOT NULL,
    "RevokedAt" TEXT NULL,
    CONSTRAINT "FK_ShareLinks_Items_ItemId" FOREIGN KEY ("ItemId") REFERENCES "Items" ("Id") ON DELETE CASCADE,
    CONSTRAINT "FK_ShareLinks_Members_CreatedById" FOREIGN KEY ("CreatedById") REFERENCES "Members" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "Uploads" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_Uploads" PRIMARY KEY,
    "MemberId" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "Length" INTEGER NOT NULL,
    "Sha256" TEXT NULL,
    "FileId" TEXT NULL,
    "CreatedAt" TEXT NOT NULL,
    "ExpiresAt" TEXT NOT NULL,
    "ClaimedAt" TEXT NULL,
    CONSTRAINT "FK_Uploads_Files_FileId" FOREIGN KEY ("FileId") REFERENCES "Files" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_Uploads_Members_MemberId" FOREIGN KEY ("MemberId") REFERENCES "Members" ("Id") ON DELETE RESTRICT
);

CREATE TABLE "AgendaOutsideDates" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_AgendaOutsideDates" PRIMARY KEY,
    "CalendarId" TEXT NOT NULL,
    "Title" TEXT NOT NULL,
    "Place" TEXT NULL,
    "Link" TEXT NULL,
    "StartLocal" TEXT NOT NULL,
    "EndLocal" TEXT NOT NULL,
    "StartUtc" TEXT NOT NULL,
    "EndUtc" TEXT NOT NULL,
    "IsAllDay" INTEGER NOT NULL,
    CONSTRAINT "FK_AgendaOutsideDates_AgendaOutsideCalendars_CalendarId" FOREIGN KEY ("CalendarId") REFERENCES "AgendaOutsideCalendars" ("Id") ON DELETE CASCADE
);

CREATE TABLE "GroupFiles" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_GroupFiles" PRIMARY KEY,
    "FolderId" TEXT NULL,
    "Name" TEXT NOT NULL,
    "NameKey" TEXT NOT NULL,
    "FileId" TEXT NOT NULL,
    "VersionNumber" INTEGER NOT NULL,
    "Accessible" INTEGER NOT NULL,
    "Downloads" INTEGER NOT NULL,
    "Body" TEXT NOT NULL,
    "BodyHtml" TEXT NOT NULL,
    "BodyRenderer" INTEGER NOT NULL,
    "EditedAt" TEXT NULL,
    CONSTRAINT "FK_GroupFiles_FileFolders_FolderId" FOREIGN KEY ("FolderId") REFERENCES "FileFolders" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_GroupFiles_Files_FileId" FOREIGN KEY ("FileId") REFERENCES "Files" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_GroupFiles_Items_Id" FOREIGN KEY ("Id") REFERENCES "Items" ("Id") ON DELETE CASCADE
);

CREATE TABLE "AgendaGuestRegistrations" (
    "Key" TEXT NOT NULL,
    "GuestId" TEXT NOT NULL,
    "ItemId" TEXT NOT NULL,
    "Answer" INTEGER NOT NULL,
    "WaitingSince" TEXT NULL,
    "Attendance" INTEGER NOT NULL,
    "Answers" TEXT NOT NULL,
    "AnsweredAt" TEXT NOT NULL,
    "WasThere" INTEGER NULL,
    CONSTRAINT "PK_AgendaGuestRegistrations" PRIMARY KEY ("GuestId", "Key"),
    CONSTRAINT "FK_AgendaGuestRegistrations_Guests_GuestId" FOREIGN KEY ("GuestId") REFERENCES "Guests" ("Id") ON DELETE CASCADE
);

CREATE TABLE "OwnBookmarkTags" (
    "BookmarkId" TEXT NOT NULL,
    "Slug" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    CONSTRAINT "PK_OwnBookmarkTags" PRIMARY KEY ("BookmarkId", "Slug"),
    CONSTRAINT "FK_OwnBookmarkTags_OwnBookmarks_BookmarkId" FOREIGN KEY ("BookmarkId") REFERENCES "OwnBookmarks" ("Id") ON DELETE CASCADE
);

CREATE INDEX "IX_Files_Check" ON "Files" ("Check");

CREATE INDEX "IX_AgendaEvents_Uid" ON "AgendaEvents" ("Uid");

CREATE INDEX "IX_AgendaDecisions_ItemId_Position" ON "AgendaDecisions" ("ItemId", "Position");

CREATE INDEX "IX_AgendaGuestRegistrations_ItemId_Key" ON "AgendaGuestRegistrations" ("ItemId", "Key");

CREATE INDEX "IX_AgendaOutsideCalendars_AddedById" ON "AgendaOutsideCalendars" ("AddedById");

CREATE INDEX "IX_AgendaOutsideCalendars_GroupId" ON "AgendaOutsideCalendars" ("GroupId");

CREATE INDEX "IX_AgendaOutsideCalendars_NextFetchAt" ON "AgendaOutsideCalendars" ("NextFetchAt");

CREATE INDEX "IX_AgendaOutsideDates_CalendarId_StartUtc" ON "AgendaOutsideDates" ("CalendarId", "StartUtc");

CREATE INDEX "IX_AgendaOutsideDates_StartUtc" ON "AgendaOutsideDates" ("StartUtc");

CREATE INDEX "IX_FileFolders_GroupId" ON "FileFolders" ("GroupId");

CREATE INDEX "IX_FileFolders_ParentId" ON "FileFolders" ("ParentId");

CREATE UNIQUE INDEX "IX_FileFolders_ShortId" ON "FileFolders" ("ShortId");

CREATE INDEX "IX_FileTexts_State" ON "FileTexts" ("State");

CREATE INDEX "IX_FileVersions_AuthorId" ON "FileVersions" ("AuthorId");

CREATE INDEX "IX_FileVersions_FileId" ON "FileVersions" ("FileId");

CREATE UNIQUE INDEX "IX_FileVersions_ItemId_Number" ON "FileVersions" ("ItemId", "Number");

CREATE INDEX "IX_GroupFiles_FileId" ON "GroupFiles" ("FileId");

CREATE INDEX "IX_GroupFiles_FolderId_NameKey" ON "GroupFiles" ("FolderId", "NameKey");

CREATE INDEX "IX_Guests_InvitedById" ON "Guests" ("InvitedById");

CREATE UNIQUE INDEX "IX_Guests_ItemId_NormalizedEmail" ON "Guests" ("ItemId", "NormalizedEmail");

CREATE INDEX "IX_Guests_MemberId" ON "Guests" ("MemberId");

CREATE INDEX "IX_Guests_NormalizedEmail" ON "Guests" ("NormalizedEmail");

CREATE UNIQUE INDEX "IX_OwnBookmarks_MemberId_AddressKey" ON "OwnBookmarks" ("MemberId", "AddressKey");

CREATE INDEX "IX_OwnBookmarks_MemberId_CreatedAt" ON "OwnBookmarks" ("MemberId", "CreatedAt");

CREATE UNIQUE INDEX "IX_OwnBookmarks_ShortId" ON "OwnBookmarks" ("ShortId");

CREATE UNIQUE INDEX "IX_PollBallots_ItemId_Tag" ON "PollBallots" ("ItemId", "Tag");

CREATE INDEX "IX_Polls_SettledAt_ClosesAt" ON "Polls" ("SettledAt", "ClosesAt");

CREATE INDEX "IX_PollVoters_MemberId" ON "PollVoters" ("MemberId");

CREATE INDEX "IX_PollVoters_OrganisationId" ON "PollVoters" ("OrganisationId");

CREATE UNIQUE INDEX "IX_QuestionnaireAnswers_ItemId_PersonId" ON "QuestionnaireAnswers" ("ItemId", "PersonId");

CREATE INDEX "IX_QuestionnaireRespondents_MemberId" ON "QuestionnaireRespondents" ("MemberId");

CREATE INDEX "IX_Questionnaires_ClosesAt" ON "Questionnaires" ("ClosesAt");

CREATE INDEX "IX_ShareLinks_CreatedById" ON "ShareLinks" ("CreatedById");

CREATE INDEX "IX_ShareLinks_ItemId" ON "ShareLinks" ("ItemId");

CREATE UNIQUE INDEX "IX_ShareLinks_TokenHash" ON "ShareLinks" ("TokenHash");

CREATE INDEX "IX_Uploads_ExpiresAt" ON "Uploads" ("ExpiresAt");

CREATE INDEX "IX_Uploads_FileId" ON "Uploads" ("FileId");

CREATE INDEX "IX_Uploads_MemberId_ClaimedAt" ON "Uploads" ("MemberId", "ClaimedAt");

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261129072643_AddFilesPollsAndGuests', '10.0.14');

COMMIT;

BEGIN TRANSACTION;
DROP INDEX "IX_AgendaDecisions_ItemId_Position";

ALTER TABLE "AgendaDecisions" ADD "Key" TEXT NOT NULL DEFAULT '0001-01-01 00:00:00';

CREATE TABLE "AgendaMinutes" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_AgendaMinutes" PRIMARY KEY,
    "ItemId" TEXT NOT NULL,
    "Key" TEXT NOT NULL,
    "Text" TEXT NULL,
    "Html" TEXT NULL,
    "CameToo" TEXT NOT NULL,
    "WriterId" TEXT NULL,
    "At" TEXT NOT NULL,
    "ReplacedAt" TEXT NULL,
    "Decided" TEXT NULL,
    CONSTRAINT "FK_AgendaMinutes_Items_ItemId" FOREIGN KEY ("ItemId") REFERENCES "Items" ("Id") ON DELETE CASCADE,
    CONSTRAINT "FK_AgendaMinutes_Members_WriterId" FOREIGN KEY ("WriterId") REFERENCES "Members" ("Id") ON DELETE RESTRICT
);

CREATE INDEX "IX_AgendaMinutes_ItemId_Key" ON "AgendaMinutes" ("ItemId", "Key");

CREATE INDEX "IX_AgendaMinutes_WriterId" ON "AgendaMinutes" ("WriterId");

INSERT INTO "AgendaMinutes" ("Id", "ItemId", "Key", "Text", "Html", "CameToo", "WriterId", "At", "ReplacedAt", "Decided")
SELECT upper(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-' || hex(randomblob(2)) || '-' || hex(randomblob(2)) || '-' || hex(randomblob(6))), e."Id", COALESCE(
  (SELECT MAX(r."Key") FROM "AgendaRegistrations" r WHERE r."ItemId" = e."Id" AND r."WasThere" IS NOT NULL),
  (SELECT MAX(d."Key") FROM "AgendaDates" d WHERE d."ItemId" = e."Id" AND d."EndUtc" <= i."UpdatedAt"),
  e."StartLocal"), e."Minutes", e."MinutesHtml", '', NULL, i."UpdatedAt", NULL, NULL
FROM "AgendaEvents" e INNER JOIN "Items" i ON i."Id" = e."Id"
WHERE e."Minutes" IS NOT NULL OR EXISTS (SELECT 1 FROM "AgendaDecisions" d WHERE d."ItemId" = e."Id");

UPDATE "AgendaDecisions" SET "Key" = (SELECT MAX(m."Key") FROM "AgendaMinutes" m WHERE m."ItemId" = "AgendaDecisions"."ItemId");

ALTER TABLE "AgendaEvents" DROP COLUMN "Minutes";

ALTER TABLE "AgendaEvents" DROP COLUMN "MinutesHtml";

CREATE INDEX "IX_AgendaDecisions_ItemId_Key_Position" ON "AgendaDecisions" ("ItemId", "Key", "Position");

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261129145721_AddMinutesOfDates', '10.0.14');

COMMIT;

BEGIN TRANSACTION;
ALTER TABLE "Comments" ADD "Quote" TEXT NULL;

ALTER TABLE "Comments" ADD "QuotePrefix" TEXT NULL;

ALTER TABLE "Comments" ADD "QuoteSuffix" TEXT NULL;

ALTER TABLE "Comments" ADD "ResolvedAt" TEXT NULL;

ALTER TABLE "Comments" ADD "ResolvedById" TEXT NULL;

CREATE TABLE "WikiFollowers" (
    "GroupId" TEXT NOT NULL,
    "MemberId" TEXT NOT NULL,
    CONSTRAINT "PK_WikiFollowers" PRIMARY KEY ("GroupId", "MemberId"),
    CONSTRAINT "FK_WikiFollowers_Groups_GroupId" FOREIGN KEY ("GroupId") REFERENCES "Groups" ("Id") ON DELETE CASCADE
);

CREATE INDEX "IX_WikiFollowers_MemberId" ON "WikiFollowers" ("MemberId");

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261129180035_AddPassagesAndWikiFollowers', '10.0.14');

COMMIT;

BEGIN TRANSACTION;
ALTER TABLE "Items" ADD "FeaturedAt" TEXT NULL;

ALTER TABLE "Articles" ADD "Series" TEXT NULL;

ALTER TABLE "Articles" ADD "SeriesKey" TEXT NULL;

ALTER TABLE "ArticleDrafts" ADD "Series" TEXT NULL;

CREATE TABLE "BookmarkQuotes" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_BookmarkQuotes" PRIMARY KEY,
    "ItemId" TEXT NOT NULL,
    "AuthorId" TEXT NOT NULL,
    "Text" TEXT NOT NULL,
    "Note" TEXT NULL,
    "IsPrivate" INTEGER NOT NULL,
    "At" TEXT NOT NULL,
    "RemovedAt" TEXT NULL,
    "Version" INTEGER NOT NULL,
    CONSTRAINT "FK_BookmarkQuotes_Items_ItemId" FOREIGN KEY ("ItemId") REFERENCES "Items" ("Id") ON DELETE CASCADE
);

CREATE TABLE "PageCopies" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_PageCopies" PRIMARY KEY,
    "MemberId" TEXT NOT NULL,
    "Address" TEXT NOT NULL,
    "AddressKey" TEXT NOT NULL,
    "Title" TEXT NOT NULL,
    "Html" TEXT NOT NULL,
    "At" TEXT NOT NULL,
    CONSTRAINT "FK_PageCopies_Members_MemberId" FOREIGN KEY ("MemberId") REFERENCES "Members" ("Id") ON DELETE CASCADE
);

CREATE TABLE "TagAliases" (
    "GroupId" TEXT NOT NULL,
    "Slug" TEXT NOT NULL,
    "Into" TEXT NOT NULL,
    CONSTRAINT "PK_TagAliases" PRIMARY KEY ("GroupId", "Slug"),
    CONSTRAINT "FK_TagAliases_Groups_GroupId" FOREIGN KEY ("GroupId") REFERENCES "Groups" ("Id") ON DELETE RESTRICT
);

CREATE INDEX "IX_Items_FeaturedAt" ON "Items" ("FeaturedAt");

CREATE INDEX "IX_Articles_SeriesKey" ON "Articles" ("SeriesKey");

CREATE INDEX "IX_BookmarkQuotes_ItemId_At" ON "BookmarkQuotes" ("ItemId", "At");

CREATE INDEX "IX_BookmarkQuotes_RemovedAt" ON "BookmarkQuotes" ("RemovedAt");

CREATE UNIQUE INDEX "IX_PageCopies_MemberId_AddressKey" ON "PageCopies" ("MemberId", "AddressKey");

CREATE INDEX "IX_PageCopies_MemberId_At" ON "PageCopies" ("MemberId", "At");

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261129180602_AddSeriesFeaturedQuotesAndCopies', '10.0.14');

COMMIT;

BEGIN TRANSACTION;
ALTER TABLE "AgendaEvents" ADD "IsByOthers" INTEGER NOT NULL DEFAULT 0;

ALTER TABLE "AgendaEvents" ADD "Organisations" TEXT NULL;

ALTER TABLE "AgendaEvents" ADD "Programme" TEXT NULL;

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261129181211_AddProgrammes', '10.0.14');

COMMIT;

BEGIN TRANSACTION;
ALTER TABLE "PollOptions" ADD "Places" INTEGER NULL;

CREATE TABLE "QuestionnaireFiles" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_QuestionnaireFiles" PRIMARY KEY,
    "ItemId" TEXT NOT NULL,
    "SheetId" TEXT NOT NULL,
    "Question" INTEGER NOT NULL,
    "FileId" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    CONSTRAINT "FK_QuestionnaireFiles_Files_FileId" FOREIGN KEY ("FileId") REFERENCES "Files" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_QuestionnaireFiles_Items_ItemId" FOREIGN KEY ("ItemId") REFERENCES "Items" ("Id"),
    CONSTRAINT "FK_QuestionnaireFiles_QuestionnaireAnswers_SheetId" FOREIGN KEY ("SheetId") REFERENCES "QuestionnaireAnswers" ("Id") ON DELETE CASCADE
);

CREATE INDEX "IX_QuestionnaireFiles_FileId" ON "QuestionnaireFiles" ("FileId");

CREATE INDEX "IX_QuestionnaireFiles_ItemId" ON "QuestionnaireFiles" ("ItemId");

CREATE INDEX "IX_QuestionnaireFiles_SheetId" ON "QuestionnaireFiles" ("SheetId");

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261129182702_AddPlacesAndFilesOfPolls', '10.0.14');

COMMIT;

BEGIN TRANSACTION;
ALTER TABLE "Groups" ADD "Announcement" TEXT NULL;

ALTER TABLE "Groups" ADD "AnnouncementUntil" TEXT NULL;

ALTER TABLE "Groups" ADD "LogoFileId" TEXT NULL;

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261129183610_AddAnnouncementAndLogo', '10.0.14');

COMMIT;

BEGIN TRANSACTION;
CREATE TABLE "DrawnFiles" (
    "FileId" TEXT NOT NULL CONSTRAINT "PK_DrawnFiles" PRIMARY KEY,
    "Attempts" INTEGER NOT NULL,
    "DrawnAt" TEXT NULL,
    CONSTRAINT "FK_DrawnFiles_Files_FileId" FOREIGN KEY ("FileId") REFERENCES "Files" ("Id") ON DELETE CASCADE
);

CREATE TABLE "DrawnPages" (
    "FileId" TEXT NOT NULL,
    "Number" INTEGER NOT NULL,
    "PictureId" TEXT NOT NULL,
    "Width" INTEGER NOT NULL,
    "Height" INTEGER NOT NULL,
    CONSTRAINT "PK_DrawnPages" PRIMARY KEY ("FileId", "Number"),
    CONSTRAINT "FK_DrawnPages_DrawnFiles_FileId" FOREIGN KEY ("FileId") REFERENCES "DrawnFiles" ("FileId") ON DELETE CASCADE,
    CONSTRAINT "FK_DrawnPages_Files_PictureId" FOREIGN KEY ("PictureId") REFERENCES "Files" ("Id") ON DELETE RESTRICT
);

CREATE INDEX "IX_DrawnPages_PictureId" ON "DrawnPages" ("PictureId");

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261129183811_AddDrawnPages', '10.0.14');

COMMIT;

BEGIN TRANSACTION;
DROP INDEX "IX_AgendaDates_StartUtc";

CREATE INDEX "IX_Items_Rights" ON "Items" ("Id", "DeletedAt", "Audience", "GroupId");

CREATE INDEX "IX_AgendaDates_StartUtc_EndUtc_ItemId_GroupId_Kind" ON "AgendaDates" ("StartUtc", "EndUtc", "ItemId", "GroupId", "Kind");

INSERT INTO "__EFMigrationsHistory" ("MigrationId", "ProductVersion")
VALUES ('20261129215240_CountMonthsWithoutRows', '10.0.14');

COMMIT;

