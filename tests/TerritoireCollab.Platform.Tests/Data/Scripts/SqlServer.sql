IF OBJECT_ID(N'[__EFMigrationsHistory]') IS NULL
BEGIN
    CREATE TABLE [__EFMigrationsHistory] (
        [MigrationId] nvarchar(150) NOT NULL,
        [ProductVersion] nvarchar(32) NOT NULL,
        CONSTRAINT [PK___EFMigrationsHistory] PRIMARY KEY ([MigrationId])
    );
END;
GO

BEGIN TRANSACTION;
CREATE TABLE [Drafts] (
    [MemberId] uniqueidentifier NOT NULL,
    [Key] nvarchar(100) NOT NULL,
    [Text] nvarchar(max) NOT NULL,
    [SavedAt] datetime2(6) NOT NULL,
    CONSTRAINT [PK_Drafts] PRIMARY KEY ([MemberId], [Key])
);

CREATE TABLE [Files] (
    [Id] uniqueidentifier NOT NULL,
    [Sha256] nvarchar(64) NOT NULL,
    [Length] bigint NOT NULL,
    [ContentType] nvarchar(100) NOT NULL,
    [CreatedAt] datetime2(6) NOT NULL,
    CONSTRAINT [PK_Files] PRIMARY KEY ([Id])
);

CREATE TABLE [Groups] (
    [Id] uniqueidentifier NOT NULL,
    [Slug] nvarchar(60) NOT NULL,
    [Name] nvarchar(100) NOT NULL,
    [FoldedName] nvarchar(100) NOT NULL,
    [Summary] nvarchar(200) NOT NULL,
    [Purpose] nvarchar(max) NOT NULL,
    [Kind] int NOT NULL,
    [Visibility] int NOT NULL,
    [Joining] int NOT NULL,
    [Ceiling] int NOT NULL,
    [DefaultAudience] int NOT NULL,
    [Hue] int NOT NULL,
    [JoinQuestion] nvarchar(300) NULL,
    [Charter] nvarchar(max) NULL,
    [CharterVersion] int NOT NULL,
    [Welcome] nvarchar(max) NULL,
    [DefaultMailLevel] int NOT NULL,
    [CoverFileId] uniqueidentifier NULL,
    [CreatedAt] datetime2(6) NOT NULL,
    [LastActivityAt] datetime2(6) NOT NULL,
    [ArchivedAt] datetime2(6) NULL,
    [MemberCount] int NOT NULL,
    [Version] int NOT NULL,
    CONSTRAINT [PK_Groups] PRIMARY KEY ([Id])
);

CREATE TABLE [Mails] (
    [Id] uniqueidentifier NOT NULL,
    [UniqueKey] nvarchar(150) NOT NULL,
    [Kind] nvarchar(40) NOT NULL,
    [MemberId] uniqueidentifier NULL,
    [ItemId] uniqueidentifier NULL,
    [GroupId] uniqueidentifier NULL,
    [Optional] bit NOT NULL,
    [Priority] int NOT NULL,
    [FromName] nvarchar(200) NOT NULL,
    [ToAddress] nvarchar(254) NOT NULL,
    [ToName] nvarchar(100) NOT NULL,
    [Subject] nvarchar(400) NOT NULL,
    [TextBody] nvarchar(max) NOT NULL,
    [HtmlBody] nvarchar(max) NOT NULL,
    [MessageId] nvarchar(200) NOT NULL,
    [InReplyTo] nvarchar(200) NULL,
    [References] nvarchar(4000) NULL,
    [Headers] nvarchar(max) NOT NULL,
    [CreatedAt] datetime2(6) NOT NULL,
    [State] int NOT NULL,
    [NextAttemptAt] datetime2(6) NOT NULL,
    [Attempts] int NOT NULL,
    [Owner] nvarchar(100) NULL,
    [LeaseUntil] datetime2(6) NULL,
    [SentAt] datetime2(6) NULL,
    [LastError] nvarchar(1000) NULL,
    CONSTRAINT [PK_Mails] PRIMARY KEY ([Id])
);

CREATE TABLE [Members] (
    [Id] uniqueidentifier NOT NULL,
    [Name] nvarchar(100) NOT NULL,
    [FoldedName] nvarchar(100) NOT NULL,
    [Handle] nvarchar(60) NOT NULL,
    [State] int NOT NULL,
    [IsAdmin] bit NOT NULL,
    [CreatedAt] datetime2(6) NOT NULL,
    [LastSeenAt] datetime2(6) NULL,
    [PreviousVisitAt] datetime2(6) NULL,
    [Welcomed] bit NOT NULL,
    [Function] nvarchar(100) NULL,
    [Commune] nvarchar(100) NULL,
    [Presentation] nvarchar(4000) NULL,
    [PhotoFileId] uniqueidentifier NULL,
    [FunctionVisibility] int NOT NULL,
    [CommuneVisibility] int NOT NULL,
    [PhoneVisibility] int NOT NULL,
    [EmailVisibility] int NOT NULL,
    [PresentationVisibility] int NOT NULL,
    [PhotoVisibility] int NOT NULL,
    [Version] int NOT NULL,
    [UserName] nvarchar(256) NULL,
    [NormalizedUserName] nvarchar(256) NULL,
    [Email] nvarchar(256) NULL,
    [NormalizedEmail] nvarchar(256) NULL,
    [EmailConfirmed] bit NOT NULL,
    [PasswordHash] nvarchar(max) NULL,
    [SecurityStamp] nvarchar(max) NULL,
    [ConcurrencyStamp] nvarchar(max) NULL,
    [PhoneNumber] nvarchar(30) NULL,
    [PhoneNumberConfirmed] bit NOT NULL,
    [TwoFactorEnabled] bit NOT NULL,
    [LockoutEnd] datetimeoffset NULL,
    [LockoutEnabled] bit NOT NULL,
    [AccessFailedCount] int NOT NULL,
    CONSTRAINT [PK_Members] PRIMARY KEY ([Id])
);

CREATE TABLE [Organisations] (
    [Id] uniqueidentifier NOT NULL,
    [Slug] nvarchar(60) NOT NULL,
    [Name] nvarchar(150) NOT NULL,
    [FoldedName] nvarchar(150) NOT NULL,
    [Kind] int NOT NULL,
    [Commune] nvarchar(100) NULL,
    [Website] nvarchar(300) NULL,
    [Presentation] nvarchar(max) NULL,
    CONSTRAINT [PK_Organisations] PRIMARY KEY ([Id])
);

CREATE TABLE [SearchDocuments] (
    [Number] bigint NOT NULL IDENTITY,
    [TargetId] uniqueidentifier NOT NULL,
    [Kind] nvarchar(40) NOT NULL,
    [ItemId] uniqueidentifier NULL,
    [GroupId] uniqueidentifier NULL,
    [CommentNumber] int NULL,
    [Title] nvarchar(200) NOT NULL,
    [Text] nvarchar(max) NOT NULL,
    [TitleStems] nvarchar(1000) NOT NULL,
    [Stems] nvarchar(max) NOT NULL,
    [Scope] nvarchar(40) NOT NULL,
    [Place] nvarchar(100) NOT NULL,
    [At] datetime2(6) NOT NULL,
    CONSTRAINT [PK_SearchDocuments] PRIMARY KEY ([Number])
);

CREATE TABLE [SecurityEvents] (
    [Id] uniqueidentifier NOT NULL,
    [At] datetime2(6) NOT NULL,
    [Kind] nvarchar(60) NOT NULL,
    [ActorId] uniqueidentifier NULL,
    [SubjectId] uniqueidentifier NULL,
    [GroupId] uniqueidentifier NULL,
    [Detail] nvarchar(500) NULL,
    CONSTRAINT [PK_SecurityEvents] PRIMARY KEY ([Id])
);

CREATE TABLE [Settings] (
    [Key] nvarchar(60) NOT NULL,
    [Value] nvarchar(4000) NOT NULL,
    CONSTRAINT [PK_Settings] PRIMARY KEY ([Key])
);

CREATE TABLE [GroupTools] (
    [GroupId] uniqueidentifier NOT NULL,
    [ToolKey] nvarchar(30) NOT NULL,
    [Enabled] bit NOT NULL,
    [Creators] int NOT NULL,
    CONSTRAINT [PK_GroupTools] PRIMARY KEY ([GroupId], [ToolKey]),
    CONSTRAINT [FK_GroupTools_Groups_GroupId] FOREIGN KEY ([GroupId]) REFERENCES [Groups] ([Id]) ON DELETE CASCADE
);

CREATE TABLE [AccessKeys] (
    [Id] uniqueidentifier NOT NULL,
    [MemberId] uniqueidentifier NOT NULL,
    [Scope] int NOT NULL,
    [TokenHash] nvarchar(64) NOT NULL,
    [Label] nvarchar(100) NOT NULL,
    [CreatedAt] datetime2(6) NOT NULL,
    [LastUsedAt] datetime2(6) NULL,
    [RevokedAt] datetime2(6) NULL,
    CONSTRAINT [PK_AccessKeys] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_AccessKeys_Members_MemberId] FOREIGN KEY ([MemberId]) REFERENCES [Members] ([Id]) ON DELETE CASCADE
);

CREATE TABLE [Activities] (
    [Id] uniqueidentifier NOT NULL,
    [Kind] nvarchar(40) NOT NULL,
    [ItemId] uniqueidentifier NULL,
    [CommentId] uniqueidentifier NULL,
    [GroupId] uniqueidentifier NULL,
    [ActorId] uniqueidentifier NOT NULL,
    [SubjectId] uniqueidentifier NULL,
    [Particulars] nvarchar(4000) NULL,
    [At] datetime2(6) NOT NULL,
    [Quiet] bit NOT NULL,
    [DispatchedAt] datetime2(6) NULL,
    [LeaseUntil] datetime2(6) NULL,
    [Attempts] int NOT NULL,
    CONSTRAINT [PK_Activities] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_Activities_Groups_GroupId] FOREIGN KEY ([GroupId]) REFERENCES [Groups] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_Activities_Members_ActorId] FOREIGN KEY ([ActorId]) REFERENCES [Members] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [AspNetUserClaims] (
    [Id] int NOT NULL IDENTITY,
    [UserId] uniqueidentifier NOT NULL,
    [ClaimType] nvarchar(max) NULL,
    [ClaimValue] nvarchar(max) NULL,
    CONSTRAINT [PK_AspNetUserClaims] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_AspNetUserClaims_Members_UserId] FOREIGN KEY ([UserId]) REFERENCES [Members] ([Id]) ON DELETE CASCADE
);

CREATE TABLE [AspNetUserLogins] (
    [LoginProvider] nvarchar(128) NOT NULL,
    [ProviderKey] nvarchar(128) NOT NULL,
    [ProviderDisplayName] nvarchar(max) NULL,
    [UserId] uniqueidentifier NOT NULL,
    CONSTRAINT [PK_AspNetUserLogins] PRIMARY KEY ([LoginProvider], [ProviderKey]),
    CONSTRAINT [FK_AspNetUserLogins_Members_UserId] FOREIGN KEY ([UserId]) REFERENCES [Members] ([Id]) ON DELETE CASCADE
);

CREATE TABLE [AspNetUserTokens] (
    [UserId] uniqueidentifier NOT NULL,
    [LoginProvider] nvarchar(128) NOT NULL,
    [Name] nvarchar(128) NOT NULL,
    [Value] nvarchar(max) NULL,
    CONSTRAINT [PK_AspNetUserTokens] PRIMARY KEY ([UserId], [LoginProvider], [Name]),
    CONSTRAINT [FK_AspNetUserTokens_Members_UserId] FOREIGN KEY ([UserId]) REFERENCES [Members] ([Id]) ON DELETE CASCADE
);

CREATE TABLE [Invitations] (
    [Id] uniqueidentifier NOT NULL,
    [GroupId] uniqueidentifier NOT NULL,
    [Email] nvarchar(254) NULL,
    [TokenHash] nvarchar(64) NOT NULL,
    [Role] int NOT NULL,
    [InvitedById] uniqueidentifier NOT NULL,
    [Message] nvarchar(2000) NULL,
    [SentAt] datetime2(6) NOT NULL,
    [ExpiresAt] datetime2(6) NOT NULL,
    [AcceptedAt] datetime2(6) NULL,
    [WithdrawnAt] datetime2(6) NULL,
    [UseCount] int NOT NULL,
    CONSTRAINT [PK_Invitations] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_Invitations_Groups_GroupId] FOREIGN KEY ([GroupId]) REFERENCES [Groups] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_Invitations_Members_InvitedById] FOREIGN KEY ([InvitedById]) REFERENCES [Members] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [MailedLinks] (
    [Id] uniqueidentifier NOT NULL,
    [Purpose] int NOT NULL,
    [TokenHash] nvarchar(64) NOT NULL,
    [MemberId] uniqueidentifier NOT NULL,
    [Email] nvarchar(254) NOT NULL,
    [CreatedAt] datetime2(6) NOT NULL,
    [ExpiresAt] datetime2(6) NOT NULL,
    [UsedAt] datetime2(6) NULL,
    CONSTRAINT [PK_MailedLinks] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_MailedLinks_Members_MemberId] FOREIGN KEY ([MemberId]) REFERENCES [Members] ([Id]) ON DELETE CASCADE
);

CREATE TABLE [Memberships] (
    [Id] uniqueidentifier NOT NULL,
    [GroupId] uniqueidentifier NOT NULL,
    [MemberId] uniqueidentifier NOT NULL,
    [Role] int NOT NULL,
    [State] int NOT NULL,
    [Origin] int NOT NULL,
    [Since] datetime2(6) NOT NULL,
    [RequestText] nvarchar(2000) NULL,
    [CharterAccepted] int NOT NULL,
    [MailLevel] int NOT NULL,
    [LastVisitAt] datetime2(6) NULL,
    CONSTRAINT [PK_Memberships] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_Memberships_Groups_GroupId] FOREIGN KEY ([GroupId]) REFERENCES [Groups] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_Memberships_Members_MemberId] FOREIGN KEY ([MemberId]) REFERENCES [Members] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [Sessions] (
    [Id] uniqueidentifier NOT NULL,
    [TokenHash] nvarchar(64) NOT NULL,
    [MemberId] uniqueidentifier NOT NULL,
    [CreatedAt] datetime2(6) NOT NULL,
    [LastSeenAt] datetime2(6) NOT NULL,
    [ExpiresAt] datetime2(6) NOT NULL,
    [Device] nvarchar(100) NOT NULL,
    [ClosedAt] datetime2(6) NULL,
    CONSTRAINT [PK_Sessions] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_Sessions_Members_MemberId] FOREIGN KEY ([MemberId]) REFERENCES [Members] ([Id]) ON DELETE CASCADE
);

CREATE TABLE [Affiliations] (
    [Id] uniqueidentifier NOT NULL,
    [MemberId] uniqueidentifier NOT NULL,
    [OrganisationId] uniqueidentifier NOT NULL,
    [Function] nvarchar(100) NULL,
    [From] date NULL,
    [Until] date NULL,
    [IsPrincipal] bit NOT NULL,
    CONSTRAINT [PK_Affiliations] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_Affiliations_Members_MemberId] FOREIGN KEY ([MemberId]) REFERENCES [Members] ([Id]) ON DELETE CASCADE,
    CONSTRAINT [FK_Affiliations_Organisations_OrganisationId] FOREIGN KEY ([OrganisationId]) REFERENCES [Organisations] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [Items] (
    [Id] uniqueidentifier NOT NULL,
    [ShortId] nvarchar(8) NOT NULL,
    [Kind] nvarchar(40) NOT NULL,
    [GroupId] uniqueidentifier NOT NULL,
    [AuthorId] uniqueidentifier NOT NULL,
    [OrganisationId] uniqueidentifier NULL,
    [Audience] int NOT NULL,
    [Title] nvarchar(200) NOT NULL,
    [Excerpt] nvarchar(300) NOT NULL,
    [CreatedAt] datetime2(6) NOT NULL,
    [UpdatedAt] datetime2(6) NOT NULL,
    [LastActivityAt] datetime2(6) NOT NULL,
    [LastActorId] uniqueidentifier NOT NULL,
    [LastCommentNumber] int NOT NULL,
    [CommentCount] int NOT NULL,
    [AttachmentCount] int NOT NULL,
    [ThanksCount] int NOT NULL,
    [UsefulCount] int NOT NULL,
    [PinnedAt] datetime2(6) NULL,
    [LockedAt] datetime2(6) NULL,
    [DeletedAt] datetime2(6) NULL,
    [DeletedById] uniqueidentifier NULL,
    [Version] int NOT NULL,
    CONSTRAINT [PK_Items] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_Items_Groups_GroupId] FOREIGN KEY ([GroupId]) REFERENCES [Groups] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_Items_Members_AuthorId] FOREIGN KEY ([AuthorId]) REFERENCES [Members] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_Items_Members_LastActorId] FOREIGN KEY ([LastActorId]) REFERENCES [Members] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_Items_Organisations_OrganisationId] FOREIGN KEY ([OrganisationId]) REFERENCES [Organisations] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [Notifications] (
    [Id] uniqueidentifier NOT NULL,
    [MemberId] uniqueidentifier NOT NULL,
    [ActivityId] uniqueidentifier NOT NULL,
    [ItemId] uniqueidentifier NULL,
    [GroupId] uniqueidentifier NULL,
    [Reason] int NOT NULL,
    [CreatedAt] datetime2(6) NOT NULL,
    [ReadAt] datetime2(6) NULL,
    CONSTRAINT [PK_Notifications] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_Notifications_Activities_ActivityId] FOREIGN KEY ([ActivityId]) REFERENCES [Activities] ([Id]) ON DELETE CASCADE,
    CONSTRAINT [FK_Notifications_Members_MemberId] FOREIGN KEY ([MemberId]) REFERENCES [Members] ([Id]) ON DELETE CASCADE
);

CREATE TABLE [Attachments] (
    [Id] uniqueidentifier NOT NULL,
    [ItemId] uniqueidentifier NOT NULL,
    [CommentId] uniqueidentifier NULL,
    [FileId] uniqueidentifier NOT NULL,
    [Name] nvarchar(150) NOT NULL,
    [CreatedAt] datetime2(6) NOT NULL,
    CONSTRAINT [PK_Attachments] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_Attachments_Files_FileId] FOREIGN KEY ([FileId]) REFERENCES [Files] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_Attachments_Items_ItemId] FOREIGN KEY ([ItemId]) REFERENCES [Items] ([Id]) ON DELETE CASCADE
);

CREATE TABLE [Comments] (
    [Id] uniqueidentifier NOT NULL,
    [ItemId] uniqueidentifier NOT NULL,
    [Number] int NOT NULL,
    [RootNumber] int NOT NULL,
    [ParentNumber] int NULL,
    [Kind] int NOT NULL,
    [AuthorId] uniqueidentifier NOT NULL,
    [OrganisationId] uniqueidentifier NULL,
    [Body] nvarchar(max) NOT NULL,
    [BodyHtml] nvarchar(max) NOT NULL,
    [BodyRenderer] int NOT NULL,
    [CreatedAt] datetime2(6) NOT NULL,
    [EditedAt] datetime2(6) NULL,
    [ThanksCount] int NOT NULL,
    [UsefulCount] int NOT NULL,
    [DeletedAt] datetime2(6) NULL,
    [DeletedById] uniqueidentifier NULL,
    [Version] int NOT NULL,
    CONSTRAINT [PK_Comments] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_Comments_Items_ItemId] FOREIGN KEY ([ItemId]) REFERENCES [Items] ([Id]) ON DELETE CASCADE,
    CONSTRAINT [FK_Comments_Members_AuthorId] FOREIGN KEY ([AuthorId]) REFERENCES [Members] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_Comments_Organisations_OrganisationId] FOREIGN KEY ([OrganisationId]) REFERENCES [Organisations] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [ForumTopics] (
    [Id] uniqueidentifier NOT NULL,
    [Body] nvarchar(max) NOT NULL,
    [BodyHtml] nvarchar(max) NOT NULL,
    [BodyRenderer] int NOT NULL,
    [IsQuestion] bit NOT NULL,
    [AcceptedNumber] int NULL,
    [EditedAt] datetime2(6) NULL,
    CONSTRAINT [PK_ForumTopics] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_ForumTopics_Items_Id] FOREIGN KEY ([Id]) REFERENCES [Items] ([Id]) ON DELETE CASCADE
);

CREATE TABLE [Reactions] (
    [TargetId] uniqueidentifier NOT NULL,
    [MemberId] uniqueidentifier NOT NULL,
    [Kind] int NOT NULL,
    [ItemId] uniqueidentifier NOT NULL,
    [At] datetime2(6) NOT NULL,
    CONSTRAINT [PK_Reactions] PRIMARY KEY ([TargetId], [MemberId], [Kind]),
    CONSTRAINT [FK_Reactions_Items_ItemId] FOREIGN KEY ([ItemId]) REFERENCES [Items] ([Id]) ON DELETE CASCADE,
    CONSTRAINT [FK_Reactions_Members_MemberId] FOREIGN KEY ([MemberId]) REFERENCES [Members] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [ReadMarks] (
    [ItemId] uniqueidentifier NOT NULL,
    [MemberId] uniqueidentifier NOT NULL,
    [Number] int NOT NULL,
    [At] datetime2(6) NOT NULL,
    CONSTRAINT [PK_ReadMarks] PRIMARY KEY ([MemberId], [ItemId]),
    CONSTRAINT [FK_ReadMarks_Items_ItemId] FOREIGN KEY ([ItemId]) REFERENCES [Items] ([Id]) ON DELETE CASCADE
);

CREATE TABLE [Revisions] (
    [Id] uniqueidentifier NOT NULL,
    [TargetId] uniqueidentifier NOT NULL,
    [ItemId] uniqueidentifier NOT NULL,
    [Title] nvarchar(200) NULL,
    [Body] nvarchar(max) NOT NULL,
    [EditorId] uniqueidentifier NOT NULL,
    [At] datetime2(6) NOT NULL,
    CONSTRAINT [PK_Revisions] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_Revisions_Items_ItemId] FOREIGN KEY ([ItemId]) REFERENCES [Items] ([Id]) ON DELETE CASCADE,
    CONSTRAINT [FK_Revisions_Members_EditorId] FOREIGN KEY ([EditorId]) REFERENCES [Members] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [Subscriptions] (
    [ItemId] uniqueidentifier NOT NULL,
    [MemberId] uniqueidentifier NOT NULL,
    [Following] int NOT NULL,
    CONSTRAINT [PK_Subscriptions] PRIMARY KEY ([ItemId], [MemberId]),
    CONSTRAINT [FK_Subscriptions_Items_ItemId] FOREIGN KEY ([ItemId]) REFERENCES [Items] ([Id]) ON DELETE CASCADE
);

CREATE TABLE [Tags] (
    [ItemId] uniqueidentifier NOT NULL,
    [Slug] nvarchar(40) NOT NULL,
    [Name] nvarchar(40) NOT NULL,
    CONSTRAINT [PK_Tags] PRIMARY KEY ([ItemId], [Slug]),
    CONSTRAINT [FK_Tags_Items_ItemId] FOREIGN KEY ([ItemId]) REFERENCES [Items] ([Id]) ON DELETE CASCADE
);

CREATE INDEX [IX_AccessKeys_MemberId] ON [AccessKeys] ([MemberId]);

CREATE UNIQUE INDEX [IX_AccessKeys_TokenHash] ON [AccessKeys] ([TokenHash]);

CREATE INDEX [IX_Activities_ActorId] ON [Activities] ([ActorId]);

CREATE INDEX [IX_Activities_DispatchedAt] ON [Activities] ([DispatchedAt]);

CREATE INDEX [IX_Activities_GroupId_At] ON [Activities] ([GroupId], [At]);

CREATE INDEX [IX_Activities_ItemId] ON [Activities] ([ItemId]);

CREATE INDEX [IX_Affiliations_MemberId] ON [Affiliations] ([MemberId]);

CREATE INDEX [IX_Affiliations_OrganisationId] ON [Affiliations] ([OrganisationId]);

CREATE INDEX [IX_AspNetUserClaims_UserId] ON [AspNetUserClaims] ([UserId]);

CREATE INDEX [IX_AspNetUserLogins_UserId] ON [AspNetUserLogins] ([UserId]);

CREATE INDEX [IX_Attachments_FileId] ON [Attachments] ([FileId]);

CREATE INDEX [IX_Attachments_ItemId] ON [Attachments] ([ItemId]);

CREATE INDEX [IX_Comments_AuthorId_CreatedAt] ON [Comments] ([AuthorId], [CreatedAt]);

CREATE UNIQUE INDEX [IX_Comments_ItemId_Number] ON [Comments] ([ItemId], [Number]);

CREATE INDEX [IX_Comments_ItemId_RootNumber_Number] ON [Comments] ([ItemId], [RootNumber], [Number]);

CREATE INDEX [IX_Comments_OrganisationId] ON [Comments] ([OrganisationId]);

CREATE UNIQUE INDEX [IX_Files_Sha256] ON [Files] ([Sha256]);

CREATE INDEX [IX_Groups_FoldedName] ON [Groups] ([FoldedName]);

CREATE UNIQUE INDEX [IX_Groups_Slug] ON [Groups] ([Slug]);

CREATE INDEX [IX_Invitations_GroupId_SentAt] ON [Invitations] ([GroupId], [SentAt]);

CREATE INDEX [IX_Invitations_InvitedById] ON [Invitations] ([InvitedById]);

CREATE UNIQUE INDEX [IX_Invitations_TokenHash] ON [Invitations] ([TokenHash]);

CREATE INDEX [IX_Items_AuthorId_CreatedAt] ON [Items] ([AuthorId], [CreatedAt]);

CREATE INDEX [IX_Items_DeletedAt] ON [Items] ([DeletedAt]);

CREATE INDEX [IX_Items_GroupId_Kind_LastActivityAt] ON [Items] ([GroupId], [Kind], [LastActivityAt]);

CREATE INDEX [IX_Items_LastActivityAt] ON [Items] ([LastActivityAt]);

CREATE INDEX [IX_Items_LastActorId] ON [Items] ([LastActorId]);

CREATE INDEX [IX_Items_OrganisationId] ON [Items] ([OrganisationId]);

CREATE UNIQUE INDEX [IX_Items_ShortId] ON [Items] ([ShortId]);

CREATE INDEX [IX_MailedLinks_MemberId] ON [MailedLinks] ([MemberId]);

CREATE UNIQUE INDEX [IX_MailedLinks_TokenHash] ON [MailedLinks] ([TokenHash]);

CREATE INDEX [IX_Mails_MemberId] ON [Mails] ([MemberId]);

CREATE INDEX [IX_Mails_State_NextAttemptAt] ON [Mails] ([State], [NextAttemptAt]);

CREATE UNIQUE INDEX [IX_Mails_UniqueKey] ON [Mails] ([UniqueKey]);

CREATE UNIQUE INDEX [EmailIndex] ON [Members] ([NormalizedEmail]) WHERE [NormalizedEmail] IS NOT NULL;

CREATE UNIQUE INDEX [IX_Members_Handle] ON [Members] ([Handle]);

CREATE INDEX [IX_Members_State_FoldedName] ON [Members] ([State], [FoldedName]);

CREATE UNIQUE INDEX [UserNameIndex] ON [Members] ([NormalizedUserName]) WHERE [NormalizedUserName] IS NOT NULL;

CREATE UNIQUE INDEX [IX_Memberships_GroupId_MemberId] ON [Memberships] ([GroupId], [MemberId]);

CREATE INDEX [IX_Memberships_GroupId_State] ON [Memberships] ([GroupId], [State]);

CREATE INDEX [IX_Memberships_MemberId_State] ON [Memberships] ([MemberId], [State]);

CREATE INDEX [IX_Notifications_ActivityId] ON [Notifications] ([ActivityId]);

CREATE INDEX [IX_Notifications_ItemId_MemberId] ON [Notifications] ([ItemId], [MemberId]);

CREATE UNIQUE INDEX [IX_Notifications_MemberId_ActivityId] ON [Notifications] ([MemberId], [ActivityId]);

CREATE INDEX [IX_Notifications_MemberId_ReadAt_CreatedAt] ON [Notifications] ([MemberId], [ReadAt], [CreatedAt]);

CREATE INDEX [IX_Organisations_FoldedName] ON [Organisations] ([FoldedName]);

CREATE UNIQUE INDEX [IX_Organisations_Slug] ON [Organisations] ([Slug]);

CREATE INDEX [IX_Reactions_ItemId_MemberId] ON [Reactions] ([ItemId], [MemberId]);

CREATE INDEX [IX_Reactions_MemberId] ON [Reactions] ([MemberId]);

CREATE INDEX [IX_ReadMarks_ItemId] ON [ReadMarks] ([ItemId]);

CREATE INDEX [IX_Revisions_EditorId] ON [Revisions] ([EditorId]);

CREATE INDEX [IX_Revisions_ItemId] ON [Revisions] ([ItemId]);

CREATE INDEX [IX_Revisions_TargetId_At] ON [Revisions] ([TargetId], [At]);

CREATE INDEX [IX_SearchDocuments_GroupId] ON [SearchDocuments] ([GroupId]);

CREATE INDEX [IX_SearchDocuments_ItemId] ON [SearchDocuments] ([ItemId]);

CREATE INDEX [IX_SearchDocuments_Kind_At] ON [SearchDocuments] ([Kind], [At]);

CREATE UNIQUE INDEX [IX_SearchDocuments_TargetId] ON [SearchDocuments] ([TargetId]);

CREATE INDEX [IX_SecurityEvents_At] ON [SecurityEvents] ([At]);

CREATE INDEX [IX_Sessions_MemberId] ON [Sessions] ([MemberId]);

CREATE UNIQUE INDEX [IX_Sessions_TokenHash] ON [Sessions] ([TokenHash]);

CREATE INDEX [IX_Subscriptions_MemberId] ON [Subscriptions] ([MemberId]);

CREATE INDEX [IX_Tags_Slug] ON [Tags] ([Slug]);

INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (N'20261122221627_Initial', N'10.0.14');

COMMIT;
GO

BEGIN TRANSACTION;
CREATE INDEX [IX_Items_Audience_CreatedAt] ON [Items] ([Audience], [CreatedAt]);

INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (N'20261123000100_TitlesApart', N'10.0.14');

COMMIT;
GO

BEGIN TRANSACTION;
CREATE TABLE [ProtectionKeys] (
    [Name] nvarchar(100) NOT NULL,
    [Xml] nvarchar(max) NOT NULL,
    [CreatedAt] datetime2(6) NOT NULL,
    CONSTRAINT [PK_ProtectionKeys] PRIMARY KEY ([Name])
);

INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (N'20261128020303_ProtectionKeys', N'10.0.14');

COMMIT;
GO

BEGIN TRANSACTION;
ALTER TABLE [Items] ADD [IsPinned] bit NOT NULL DEFAULT CAST(0 AS bit);

EXEC(N'UPDATE [Items] SET [IsPinned] = 1 WHERE [PinnedAt] IS NOT NULL');

CREATE INDEX [IX_Items_List] ON [Items] ([GroupId], [Kind], [IsPinned], [LastActivityAt], [DeletedAt], [Audience]);

INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (N'20261128054818_PinnedInIndex', N'10.0.14');

COMMIT;
GO

BEGIN TRANSACTION;
CREATE TABLE [VeilleArticles] (
    [Id] uniqueidentifier NOT NULL,
    [ItemId] uniqueidentifier NOT NULL,
    [GroupId] uniqueidentifier NOT NULL,
    [EntryId] uniqueidentifier NOT NULL,
    [Position] int NOT NULL,
    [Rubric] nvarchar(60) NULL,
    [Title] nvarchar(300) NOT NULL,
    [Address] nvarchar(2000) NOT NULL,
    [SourceName] nvarchar(200) NOT NULL,
    [Author] nvarchar(200) NULL,
    [DatedAt] datetime2(6) NOT NULL,
    [Line] nvarchar(600) NULL,
    [Excerpt] nvarchar(600) NOT NULL,
    [FinderId] uniqueidentifier NULL,
    [FindId] uniqueidentifier NULL,
    [PublishedAt] datetime2(6) NOT NULL,
    CONSTRAINT [PK_VeilleArticles] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_VeilleArticles_Items_ItemId] FOREIGN KEY ([ItemId]) REFERENCES [Items] ([Id]) ON DELETE CASCADE
);

CREATE TABLE [VeilleEditorials] (
    [Id] uniqueidentifier NOT NULL,
    [Month] int NOT NULL,
    [Slug] nvarchar(100) NOT NULL,
    [Body] nvarchar(max) NOT NULL,
    [BodyHtml] nvarchar(max) NOT NULL,
    [BodyRenderer] int NOT NULL,
    [EditedAt] datetime2(6) NULL,
    CONSTRAINT [PK_VeilleEditorials] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_VeilleEditorials_Items_Id] FOREIGN KEY ([Id]) REFERENCES [Items] ([Id]) ON DELETE CASCADE
);

CREATE TABLE [VeilleFinds] (
    [Id] uniqueidentifier NOT NULL,
    [Address] nvarchar(2000) NOT NULL,
    [NewsId] uniqueidentifier NOT NULL,
    [Body] nvarchar(max) NOT NULL,
    [BodyHtml] nvarchar(max) NOT NULL,
    [BodyRenderer] int NOT NULL,
    [PictureId] uniqueidentifier NULL,
    [EditedAt] datetime2(6) NULL,
    CONSTRAINT [PK_VeilleFinds] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_VeilleFinds_Files_PictureId] FOREIGN KEY ([PictureId]) REFERENCES [Files] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_VeilleFinds_Items_Id] FOREIGN KEY ([Id]) REFERENCES [Items] ([Id]) ON DELETE CASCADE
);

CREATE TABLE [VeilleIssues] (
    [Id] uniqueidentifier NOT NULL,
    [GroupId] uniqueidentifier NOT NULL,
    [Number] int NOT NULL,
    [Week] int NOT NULL,
    [State] int NOT NULL,
    [Title] nvarchar(200) NULL,
    [Introduction] nvarchar(max) NULL,
    [CoverFileId] uniqueidentifier NULL,
    [CoverText] nvarchar(300) NULL,
    [PublishAt] datetime2(6) NULL,
    [ReadyById] uniqueidentifier NULL,
    [ItemId] uniqueidentifier NULL,
    [Version] int NOT NULL,
    CONSTRAINT [PK_VeilleIssues] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_VeilleIssues_Files_CoverFileId] FOREIGN KEY ([CoverFileId]) REFERENCES [Files] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_VeilleIssues_Groups_GroupId] FOREIGN KEY ([GroupId]) REFERENCES [Groups] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [VeilleMarks] (
    [Mark] bigint NOT NULL,
    [NewsId] uniqueidentifier NOT NULL,
    [SeenAt] datetime2(6) NOT NULL,
    CONSTRAINT [PK_VeilleMarks] PRIMARY KEY ([Mark], [NewsId])
);

CREATE TABLE [VeilleNews] (
    [Id] uniqueidentifier NOT NULL,
    [Address] nvarchar(2000) NOT NULL,
    [AddressKey] nvarchar(32) NOT NULL,
    [TitleKey] nvarchar(32) NOT NULL,
    [Title] nvarchar(300) NOT NULL,
    [Author] nvarchar(200) NULL,
    [Excerpt] nvarchar(600) NOT NULL,
    [Language] nvarchar(40) NULL,
    [PublishedAt] datetime2(6) NOT NULL,
    [FirstSeenAt] datetime2(6) NOT NULL,
    [SameAsId] uniqueidentifier NULL,
    CONSTRAINT [PK_VeilleNews] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_VeilleNews_VeilleNews_SameAsId] FOREIGN KEY ([SameAsId]) REFERENCES [VeilleNews] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [VeilleOutlets] (
    [Id] uniqueidentifier NOT NULL,
    [GroupId] uniqueidentifier NOT NULL,
    [Kind] int NOT NULL,
    [Name] nvarchar(100) NOT NULL,
    [Address] nvarchar(500) NOT NULL,
    [Secret] nvarchar(max) NOT NULL,
    [Message] nvarchar(300) NULL,
    [IsPaused] bit NOT NULL,
    [AddedById] uniqueidentifier NOT NULL,
    [AddedAt] datetime2(6) NOT NULL,
    CONSTRAINT [PK_VeilleOutlets] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_VeilleOutlets_Groups_GroupId] FOREIGN KEY ([GroupId]) REFERENCES [Groups] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [VeilleProfiles] (
    [GroupId] uniqueidentifier NOT NULL,
    [ServesTerritory] bit NOT NULL,
    [Name] nvarchar(100) NULL,
    [Rubrics] nvarchar(max) NOT NULL,
    [Audience] int NOT NULL,
    [Day] int NOT NULL,
    [Hour] int NOT NULL,
    [FirstNumber] int NOT NULL,
    [ListsSources] bit NOT NULL,
    CONSTRAINT [PK_VeilleProfiles] PRIMARY KEY ([GroupId]),
    CONSTRAINT [FK_VeilleProfiles_Groups_GroupId] FOREIGN KEY ([GroupId]) REFERENCES [Groups] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [VeillePublishedIssues] (
    [Id] uniqueidentifier NOT NULL,
    [Number] int NOT NULL,
    [Week] int NOT NULL,
    [Body] nvarchar(max) NOT NULL,
    [BodyHtml] nvarchar(max) NOT NULL,
    [BodyRenderer] int NOT NULL,
    [CoverFileId] uniqueidentifier NULL,
    [CoverText] nvarchar(300) NULL,
    [EditedAt] datetime2(6) NULL,
    CONSTRAINT [PK_VeillePublishedIssues] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_VeillePublishedIssues_Files_CoverFileId] FOREIGN KEY ([CoverFileId]) REFERENCES [Files] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_VeillePublishedIssues_Items_Id] FOREIGN KEY ([Id]) REFERENCES [Items] ([Id]) ON DELETE CASCADE
);

CREATE TABLE [VeilleQuotes] (
    [Id] uniqueidentifier NOT NULL,
    [ItemId] uniqueidentifier NOT NULL,
    [AuthorId] uniqueidentifier NOT NULL,
    [Text] nvarchar(600) NOT NULL,
    [Note] nvarchar(1000) NULL,
    [At] datetime2(6) NOT NULL,
    CONSTRAINT [PK_VeilleQuotes] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_VeilleQuotes_Items_ItemId] FOREIGN KEY ([ItemId]) REFERENCES [Items] ([Id]) ON DELETE CASCADE
);

CREATE TABLE [VeilleReaders] (
    [Id] uniqueidentifier NOT NULL,
    [GroupId] uniqueidentifier NOT NULL,
    [Email] nvarchar(254) NOT NULL,
    [NormalizedEmail] nvarchar(254) NOT NULL,
    [State] int NOT NULL,
    [AskedAt] datetime2(6) NOT NULL,
    [ConfirmedAt] datetime2(6) NULL,
    [LeftAt] datetime2(6) NULL,
    CONSTRAINT [PK_VeilleReaders] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_VeilleReaders_Groups_GroupId] FOREIGN KEY ([GroupId]) REFERENCES [Groups] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [VeilleRules] (
    [Id] uniqueidentifier NOT NULL,
    [GroupId] uniqueidentifier NOT NULL,
    [Query] nvarchar(300) NOT NULL,
    [Action] int NOT NULL,
    [SourceId] uniqueidentifier NULL,
    [Folder] nvarchar(200) NULL,
    [Position] int NOT NULL,
    [CreatedById] uniqueidentifier NOT NULL,
    CONSTRAINT [PK_VeilleRules] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_VeilleRules_Groups_GroupId] FOREIGN KEY ([GroupId]) REFERENCES [Groups] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [VeilleSightings] (
    [SourceId] uniqueidentifier NOT NULL,
    [EntryKey] nvarchar(32) NOT NULL,
    [NewsId] uniqueidentifier NOT NULL,
    [SeenAt] datetime2(6) NOT NULL,
    CONSTRAINT [PK_VeilleSightings] PRIMARY KEY ([SourceId], [EntryKey])
);

CREATE TABLE [VeilleSources] (
    [Id] uniqueidentifier NOT NULL,
    [Address] nvarchar(800) NOT NULL,
    [Selectors] nvarchar(max) NULL,
    [SelectorsKey] nvarchar(32) NOT NULL,
    [Title] nvarchar(200) NOT NULL,
    [SiteAddress] nvarchar(max) NULL,
    [Description] nvarchar(max) NULL,
    [Language] nvarchar(max) NULL,
    [State] int NOT NULL,
    [NextFetchAt] datetime2(6) NOT NULL,
    [LeaseUntil] datetime2(6) NULL,
    [LastFetchAt] datetime2(6) NULL,
    [LastSuccessAt] datetime2(6) NULL,
    [LastEntryAt] datetime2(6) NULL,
    [EntriesInAWeek] int NOT NULL,
    [ETag] nvarchar(max) NULL,
    [LastModified] nvarchar(max) NULL,
    [BodyHash] nvarchar(64) NULL,
    [Fault] int NOT NULL,
    [FaultStatus] int NULL,
    [Failures] int NOT NULL,
    [FailingSince] datetime2(6) NULL,
    [FailureToldAt] datetime2(6) NULL,
    [Repairs] nvarchar(max) NULL,
    [MovedTo] nvarchar(max) NULL,
    [MovedSince] datetime2(6) NULL,
    CONSTRAINT [PK_VeilleSources] PRIMARY KEY ([Id])
);

CREATE TABLE [VeillePool] (
    [Id] uniqueidentifier NOT NULL,
    [GroupId] uniqueidentifier NOT NULL,
    [NewsId] uniqueidentifier NOT NULL,
    [ArrivedAt] datetime2(6) NOT NULL,
    [SourceId] uniqueidentifier NULL,
    [SourceCount] int NOT NULL,
    [FindId] uniqueidentifier NULL,
    [State] int NOT NULL,
    [IsStarred] bit NOT NULL,
    [Position] bigint NOT NULL,
    [Rubric] nvarchar(60) NULL,
    [Line] nvarchar(600) NULL,
    [ChosenExcerpt] nvarchar(600) NULL,
    [IssueId] uniqueidentifier NULL,
    [MovedById] uniqueidentifier NULL,
    [MovedAt] datetime2(6) NULL,
    [Version] int NOT NULL,
    CONSTRAINT [PK_VeillePool] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_VeillePool_Groups_GroupId] FOREIGN KEY ([GroupId]) REFERENCES [Groups] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_VeillePool_VeilleNews_NewsId] FOREIGN KEY ([NewsId]) REFERENCES [VeilleNews] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [VeilleTexts] (
    [NewsId] uniqueidentifier NOT NULL,
    [Html] nvarchar(max) NOT NULL,
    [Problem] int NOT NULL,
    [ReadAt] datetime2(6) NOT NULL,
    CONSTRAINT [PK_VeilleTexts] PRIMARY KEY ([NewsId]),
    CONSTRAINT [FK_VeilleTexts_VeilleNews_NewsId] FOREIGN KEY ([NewsId]) REFERENCES [VeilleNews] ([Id]) ON DELETE CASCADE
);

CREATE TABLE [VeilleAnnouncements] (
    [Id] uniqueidentifier NOT NULL,
    [OutletId] uniqueidentifier NOT NULL,
    [ItemId] uniqueidentifier NOT NULL,
    [State] int NOT NULL,
    [NextTryAt] datetime2(6) NOT NULL,
    [LeaseUntil] datetime2(6) NULL,
    [Attempts] int NOT NULL,
    [Status] int NULL,
    [Problem] nvarchar(max) NULL,
    [SentAt] datetime2(6) NULL,
    [RemoteAddress] nvarchar(2000) NULL,
    CONSTRAINT [PK_VeilleAnnouncements] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_VeilleAnnouncements_Items_ItemId] FOREIGN KEY ([ItemId]) REFERENCES [Items] ([Id]) ON DELETE CASCADE,
    CONSTRAINT [FK_VeilleAnnouncements_VeilleOutlets_OutletId] FOREIGN KEY ([OutletId]) REFERENCES [VeilleOutlets] ([Id]) ON DELETE CASCADE
);

CREATE TABLE [VeilleGroupSources] (
    [Id] uniqueidentifier NOT NULL,
    [GroupId] uniqueidentifier NOT NULL,
    [SourceId] uniqueidentifier NOT NULL,
    [Name] nvarchar(200) NULL,
    [Folder] nvarchar(200) NULL,
    [IsMuted] bit NOT NULL,
    [AddedById] uniqueidentifier NOT NULL,
    [AddedAt] datetime2(6) NOT NULL,
    CONSTRAINT [PK_VeilleGroupSources] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_VeilleGroupSources_Groups_GroupId] FOREIGN KEY ([GroupId]) REFERENCES [Groups] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_VeilleGroupSources_VeilleSources_SourceId] FOREIGN KEY ([SourceId]) REFERENCES [VeilleSources] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [VeilleHubs] (
    [SourceId] uniqueidentifier NOT NULL,
    [Hub] nvarchar(800) NOT NULL,
    [Topic] nvarchar(800) NOT NULL,
    [Token] nvarchar(64) NOT NULL,
    [Secret] nvarchar(max) NOT NULL,
    [State] int NOT NULL,
    [NextAskAt] datetime2(6) NOT NULL,
    [LeaseUntil] datetime2(6) NULL,
    [Failures] int NOT NULL,
    [LastPushAt] datetime2(6) NULL,
    CONSTRAINT [PK_VeilleHubs] PRIMARY KEY ([SourceId]),
    CONSTRAINT [FK_VeilleHubs_VeilleSources_SourceId] FOREIGN KEY ([SourceId]) REFERENCES [VeilleSources] ([Id]) ON DELETE CASCADE
);

CREATE INDEX [IX_VeilleAnnouncements_ItemId] ON [VeilleAnnouncements] ([ItemId]);

CREATE UNIQUE INDEX [IX_VeilleAnnouncements_OutletId_ItemId] ON [VeilleAnnouncements] ([OutletId], [ItemId]);

CREATE INDEX [IX_VeilleAnnouncements_State_NextTryAt] ON [VeilleAnnouncements] ([State], [NextTryAt]);

CREATE INDEX [IX_VeilleArticles_GroupId_PublishedAt] ON [VeilleArticles] ([GroupId], [PublishedAt]);

CREATE UNIQUE INDEX [IX_VeilleArticles_ItemId_Position] ON [VeilleArticles] ([ItemId], [Position]);

CREATE UNIQUE INDEX [IX_VeilleEditorials_Slug] ON [VeilleEditorials] ([Slug]);

CREATE INDEX [IX_VeilleFinds_NewsId] ON [VeilleFinds] ([NewsId]);

CREATE INDEX [IX_VeilleFinds_PictureId] ON [VeilleFinds] ([PictureId]);

CREATE UNIQUE INDEX [IX_VeilleGroupSources_GroupId_SourceId] ON [VeilleGroupSources] ([GroupId], [SourceId]);

CREATE INDEX [IX_VeilleGroupSources_SourceId] ON [VeilleGroupSources] ([SourceId]);

CREATE INDEX [IX_VeilleHubs_State_NextAskAt] ON [VeilleHubs] ([State], [NextAskAt]);

CREATE UNIQUE INDEX [IX_VeilleHubs_Token] ON [VeilleHubs] ([Token]);

CREATE INDEX [IX_VeilleIssues_CoverFileId] ON [VeilleIssues] ([CoverFileId]);

CREATE UNIQUE INDEX [IX_VeilleIssues_GroupId_Number] ON [VeilleIssues] ([GroupId], [Number]);

CREATE UNIQUE INDEX [IX_VeilleIssues_GroupId_Week] ON [VeilleIssues] ([GroupId], [Week]);

CREATE INDEX [IX_VeilleIssues_State_PublishAt] ON [VeilleIssues] ([State], [PublishAt]);

CREATE INDEX [IX_VeilleMarks_SeenAt] ON [VeilleMarks] ([SeenAt]);

CREATE UNIQUE INDEX [IX_VeilleNews_AddressKey] ON [VeilleNews] ([AddressKey]);

CREATE INDEX [IX_VeilleNews_SameAsId] ON [VeilleNews] ([SameAsId]);

CREATE INDEX [IX_VeilleNews_TitleKey_FirstSeenAt] ON [VeilleNews] ([TitleKey], [FirstSeenAt]);

CREATE INDEX [IX_VeilleOutlets_GroupId] ON [VeilleOutlets] ([GroupId]);

CREATE INDEX [IX_VeillePool_FindId] ON [VeillePool] ([FindId]);

CREATE UNIQUE INDEX [IX_VeillePool_GroupId_NewsId] ON [VeillePool] ([GroupId], [NewsId]);

CREATE INDEX [IX_VeillePool_GroupId_SourceId_ArrivedAt] ON [VeillePool] ([GroupId], [SourceId], [ArrivedAt]);

CREATE INDEX [IX_VeillePool_GroupId_State_ArrivedAt] ON [VeillePool] ([GroupId], [State], [ArrivedAt]);

CREATE INDEX [IX_VeillePool_IssueId] ON [VeillePool] ([IssueId]);

CREATE INDEX [IX_VeillePool_NewsId] ON [VeillePool] ([NewsId]);

CREATE INDEX [IX_VeillePublishedIssues_CoverFileId] ON [VeillePublishedIssues] ([CoverFileId]);

CREATE INDEX [IX_VeillePublishedIssues_Number] ON [VeillePublishedIssues] ([Number]);

CREATE INDEX [IX_VeilleQuotes_ItemId_At] ON [VeilleQuotes] ([ItemId], [At]);

CREATE UNIQUE INDEX [IX_VeilleReaders_GroupId_NormalizedEmail] ON [VeilleReaders] ([GroupId], [NormalizedEmail]);

CREATE INDEX [IX_VeilleRules_GroupId_Position] ON [VeilleRules] ([GroupId], [Position]);

CREATE INDEX [IX_VeilleSightings_NewsId] ON [VeilleSightings] ([NewsId]);

CREATE UNIQUE INDEX [IX_VeilleSources_Address_SelectorsKey] ON [VeilleSources] ([Address], [SelectorsKey]);

CREATE INDEX [IX_VeilleSources_State_NextFetchAt] ON [VeilleSources] ([State], [NextFetchAt]);

INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (N'20261128163147_AddVeille', N'10.0.14');

COMMIT;
GO

BEGIN TRANSACTION;
UPDATE "Memberships" SET "MailLevel" = "MailLevel" + 2 WHERE "MailLevel" > 0;

UPDATE "Groups" SET "DefaultMailLevel" = "DefaultMailLevel" + 2 WHERE "DefaultMailLevel" > 0;

ALTER TABLE [Notifications] ADD [MailDueAt] datetime2(6) NULL;

ALTER TABLE [Memberships] ADD [RemindedAt] datetime2(6) NULL;

ALTER TABLE [Mails] ADD [AnswersNumber] int NULL;

ALTER TABLE [Mails] ADD [Domain] nvarchar(254) NULL;

ALTER TABLE [Mails] ADD [Files] nvarchar(4000) NULL;

ALTER TABLE [Mails] ADD [IsAnswerable] bit NOT NULL DEFAULT CAST(0 AS bit);

ALTER TABLE [Mails] ADD [Key] nvarchar(26) NULL;

ALTER TABLE [Mails] ADD [WasUncertain] bit NOT NULL DEFAULT CAST(0 AS bit);

ALTER TABLE [Invitations] ADD [RemindedAt] datetime2(6) NULL;

ALTER TABLE [Groups] ADD [MailsTitlesOnly] bit NOT NULL DEFAULT CAST(0 AS bit);

CREATE TABLE [Digests] (
    [Id] uniqueidentifier NOT NULL,
    [MemberId] uniqueidentifier NOT NULL,
    [Kind] int NOT NULL,
    [Period] nvarchar(10) NOT NULL,
    [From] datetime2(6) NOT NULL,
    [Until] datetime2(6) NOT NULL,
    [MailId] uniqueidentifier NULL,
    [CreatedAt] datetime2(6) NOT NULL,
    CONSTRAINT [PK_Digests] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_Digests_Members_MemberId] FOREIGN KEY ([MemberId]) REFERENCES [Members] ([Id]) ON DELETE CASCADE
);

CREATE TABLE [GroupLetters] (
    [Id] uniqueidentifier NOT NULL,
    [Body] nvarchar(max) NOT NULL,
    [BodyHtml] nvarchar(max) NOT NULL,
    [BodyRenderer] int NOT NULL,
    [IsUrgent] bit NOT NULL,
    CONSTRAINT [PK_GroupLetters] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_GroupLetters_Items_Id] FOREIGN KEY ([Id]) REFERENCES [Items] ([Id]) ON DELETE CASCADE
);

CREATE TABLE [MailAddresses] (
    [Address] nvarchar(254) NOT NULL,
    [State] int NOT NULL,
    [Since] datetime2(6) NOT NULL,
    [Until] datetime2(6) NULL,
    [Status] nvarchar(20) NULL,
    [Diagnostic] nvarchar(500) NULL,
    CONSTRAINT [PK_MailAddresses] PRIMARY KEY ([Address])
);

CREATE TABLE [MailBounces] (
    [Id] uniqueidentifier NOT NULL,
    [Address] nvarchar(254) NOT NULL,
    [MailId] uniqueidentifier NULL,
    [MemberId] uniqueidentifier NULL,
    [At] datetime2(6) NOT NULL,
    [Kind] int NOT NULL,
    [Status] nvarchar(20) NULL,
    [Diagnostic] nvarchar(500) NULL,
    CONSTRAINT [PK_MailBounces] PRIMARY KEY ([Id])
);

CREATE TABLE [MailPreferences] (
    [MemberId] uniqueidentifier NOT NULL,
    [IsSilent] bit NOT NULL,
    [DigestHour] int NOT NULL,
    [DigestDays] int NOT NULL,
    [WeeklyDay] int NOT NULL,
    [PausedUntil] datetime2(6) NULL,
    [QuietFrom] int NULL,
    [QuietUntil] int NULL,
    CONSTRAINT [PK_MailPreferences] PRIMARY KEY ([MemberId]),
    CONSTRAINT [FK_MailPreferences_Members_MemberId] FOREIGN KEY ([MemberId]) REFERENCES [Members] ([Id]) ON DELETE CASCADE
);

CREATE TABLE [PostedByMail] (
    [Id] uniqueidentifier NOT NULL,
    [ItemId] uniqueidentifier NOT NULL,
    [CommentId] uniqueidentifier NULL,
    [MessageId] nvarchar(200) NULL,
    [Elided] nvarchar(max) NULL,
    CONSTRAINT [PK_PostedByMail] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_PostedByMail_Items_ItemId] FOREIGN KEY ([ItemId]) REFERENCES [Items] ([Id]) ON DELETE CASCADE
);

CREATE TABLE [Pulses] (
    [Name] nvarchar(60) NOT NULL,
    [LastAt] datetime2(6) NOT NULL,
    [LastSuccessAt] datetime2(6) NULL,
    [Detail] nvarchar(500) NULL,
    CONSTRAINT [PK_Pulses] PRIMARY KEY ([Name])
);

CREATE TABLE [ReceivedMails] (
    [Id] uniqueidentifier NOT NULL,
    [UniqueKey] nvarchar(64) NOT NULL,
    [MessageId] nvarchar(900) NULL,
    [ReceivedAt] datetime2(6) NOT NULL,
    [FromAddress] nvarchar(254) NOT NULL,
    [FromName] nvarchar(200) NULL,
    [Recipient] nvarchar(254) NOT NULL,
    [Subject] nvarchar(400) NOT NULL,
    [Kind] int NOT NULL,
    [Outcome] int NOT NULL,
    [Cause] int NULL,
    [Detail] nvarchar(1000) NULL,
    [MemberId] uniqueidentifier NULL,
    [GroupId] uniqueidentifier NULL,
    [ItemId] uniqueidentifier NULL,
    [CommentId] uniqueidentifier NULL,
    [AnsweredAt] datetime2(6) NULL,
    [RawFileId] uniqueidentifier NULL,
    [Attempts] int NOT NULL,
    [LeaseUntil] datetime2(6) NULL,
    CONSTRAINT [PK_ReceivedMails] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_ReceivedMails_Files_RawFileId] FOREIGN KEY ([RawFileId]) REFERENCES [Files] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [SpentLinks] (
    [Hash] nvarchar(64) NOT NULL,
    [At] datetime2(6) NOT NULL,
    CONSTRAINT [PK_SpentLinks] PRIMARY KEY ([Hash])
);

CREATE TABLE [DigestLines] (
    [DigestId] uniqueidentifier NOT NULL,
    [ItemId] uniqueidentifier NOT NULL,
    [Place] int NOT NULL,
    CONSTRAINT [PK_DigestLines] PRIMARY KEY ([DigestId], [ItemId]),
    CONSTRAINT [FK_DigestLines_Digests_DigestId] FOREIGN KEY ([DigestId]) REFERENCES [Digests] ([Id]) ON DELETE CASCADE
);

CREATE INDEX [IX_Notifications_MailDueAt] ON [Notifications] ([MailDueAt]);

CREATE INDEX [IX_Mails_CreatedAt] ON [Mails] ([CreatedAt]);

CREATE INDEX [IX_Mails_ItemId_MemberId] ON [Mails] ([ItemId], [MemberId]);

CREATE UNIQUE INDEX [IX_Mails_Key] ON [Mails] ([Key]) WHERE [Key] IS NOT NULL;

CREATE INDEX [IX_DigestLines_ItemId] ON [DigestLines] ([ItemId]);

CREATE INDEX [IX_Digests_CreatedAt] ON [Digests] ([CreatedAt]);

CREATE INDEX [IX_Digests_MailId] ON [Digests] ([MailId]);

CREATE UNIQUE INDEX [IX_Digests_MemberId_Kind_Period] ON [Digests] ([MemberId], [Kind], [Period]);

CREATE INDEX [IX_MailAddresses_State] ON [MailAddresses] ([State]);

CREATE INDEX [IX_MailBounces_Address_At] ON [MailBounces] ([Address], [At]);

CREATE INDEX [IX_MailBounces_At] ON [MailBounces] ([At]);

CREATE INDEX [IX_MailBounces_MailId] ON [MailBounces] ([MailId]);

CREATE INDEX [IX_PostedByMail_CommentId] ON [PostedByMail] ([CommentId]);

CREATE INDEX [IX_PostedByMail_ItemId_CommentId] ON [PostedByMail] ([ItemId], [CommentId]);

CREATE INDEX [IX_ReceivedMails_FromAddress_AnsweredAt] ON [ReceivedMails] ([FromAddress], [AnsweredAt]);

CREATE INDEX [IX_ReceivedMails_GroupId_Outcome] ON [ReceivedMails] ([GroupId], [Outcome]);

CREATE INDEX [IX_ReceivedMails_Outcome] ON [ReceivedMails] ([Outcome]);

CREATE INDEX [IX_ReceivedMails_RawFileId] ON [ReceivedMails] ([RawFileId]);

CREATE INDEX [IX_ReceivedMails_ReceivedAt] ON [ReceivedMails] ([ReceivedAt]);

CREATE UNIQUE INDEX [IX_ReceivedMails_UniqueKey] ON [ReceivedMails] ([UniqueKey]);

CREATE INDEX [IX_SpentLinks_At] ON [SpentLinks] ([At]);

INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (N'20261128182850_AddMail', N'10.0.14');

COMMIT;
GO

BEGIN TRANSACTION;
ALTER TABLE [Invitations] ADD [RefusedAt] datetime2(6) NULL;

CREATE TABLE [InvitationRefusals] (
    [AddressHash] nvarchar(64) NOT NULL,
    [At] datetime2(6) NOT NULL,
    CONSTRAINT [PK_InvitationRefusals] PRIMARY KEY ([AddressHash])
);

INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (N'20261128215817_AddInvitationRefusals', N'10.0.14');

COMMIT;
GO

BEGIN TRANSACTION;
ALTER TABLE [Items] ADD [IsLinked] bit NOT NULL DEFAULT CAST(0 AS bit);

CREATE TABLE [ContentLinks] (
    [ItemId] uniqueidentifier NOT NULL,
    [SourceId] uniqueidentifier NOT NULL,
    [At] datetime2(6) NOT NULL,
    CONSTRAINT [PK_ContentLinks] PRIMARY KEY ([ItemId], [SourceId]),
    CONSTRAINT [FK_ContentLinks_Items_ItemId] FOREIGN KEY ([ItemId]) REFERENCES [Items] ([Id]) ON DELETE CASCADE
);

CREATE INDEX [IX_ContentLinks_SourceId] ON [ContentLinks] ([SourceId]);

INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (N'20261129010825_AddContentLinks', N'10.0.14');

COMMIT;
GO

BEGIN TRANSACTION;
CREATE TABLE [CoeditTexts] (
    [ItemId] uniqueidentifier NOT NULL,
    [Version] int NOT NULL,
    [Text] nvarchar(max) NOT NULL,
    CONSTRAINT [PK_CoeditTexts] PRIMARY KEY ([ItemId]),
    CONSTRAINT [FK_CoeditTexts_Items_ItemId] FOREIGN KEY ([ItemId]) REFERENCES [Items] ([Id]) ON DELETE CASCADE
);

CREATE TABLE [CoeditUpdates] (
    [ItemId] uniqueidentifier NOT NULL,
    [Version] int NOT NULL,
    [ClientId] nvarchar(40) NOT NULL,
    [Sequence] int NOT NULL,
    [Changes] nvarchar(max) NOT NULL,
    [AuthorId] uniqueidentifier NOT NULL,
    [At] datetime2(6) NOT NULL,
    CONSTRAINT [PK_CoeditUpdates] PRIMARY KEY ([ItemId], [Version]),
    CONSTRAINT [FK_CoeditUpdates_Items_ItemId] FOREIGN KEY ([ItemId]) REFERENCES [Items] ([Id]) ON DELETE CASCADE,
    CONSTRAINT [FK_CoeditUpdates_Members_AuthorId] FOREIGN KEY ([AuthorId]) REFERENCES [Members] ([Id]) ON DELETE NO ACTION
);

CREATE INDEX [IX_CoeditUpdates_At] ON [CoeditUpdates] ([At]);

CREATE INDEX [IX_CoeditUpdates_AuthorId] ON [CoeditUpdates] ([AuthorId]);

CREATE UNIQUE INDEX [IX_CoeditUpdates_ItemId_ClientId_Sequence] ON [CoeditUpdates] ([ItemId], [ClientId], [Sequence]);

INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (N'20261129015252_AddCoediting', N'10.0.14');

COMMIT;
GO

BEGIN TRANSACTION;
ALTER TABLE [Revisions] ADD [Comment] nvarchar(200) NULL;

ALTER TABLE [Revisions] ADD [Name] nvarchar(100) NULL;

ALTER TABLE [Revisions] ADD [Version] int NOT NULL DEFAULT 0;

ALTER TABLE [Items] ADD [HasCoAuthors] bit NOT NULL DEFAULT CAST(0 AS bit);

ALTER TABLE [GroupTools] ADD [HomePlace] int NULL;

ALTER TABLE [GroupTools] ADD [IsOffHome] bit NOT NULL DEFAULT CAST(0 AS bit);

ALTER TABLE [Groups] ADD [LaunchTicks] nvarchar(200) NULL;

ALTER TABLE [Groups] ADD [LaunchedAt] datetime2(6) NULL;

CREATE TABLE [AgendaDateChanges] (
    [ItemId] uniqueidentifier NOT NULL,
    [Key] datetime2(6) NOT NULL,
    [IsCancelled] bit NOT NULL,
    [StartLocal] datetime2(6) NULL,
    [EndLocal] datetime2(6) NULL,
    [Place] nvarchar(200) NULL,
    CONSTRAINT [PK_AgendaDateChanges] PRIMARY KEY ([ItemId], [Key]),
    CONSTRAINT [FK_AgendaDateChanges_Items_ItemId] FOREIGN KEY ([ItemId]) REFERENCES [Items] ([Id]) ON DELETE CASCADE
);

CREATE TABLE [AgendaDates] (
    [Id] uniqueidentifier NOT NULL,
    [ItemId] uniqueidentifier NOT NULL,
    [GroupId] uniqueidentifier NOT NULL,
    [Kind] int NOT NULL,
    [Key] datetime2(6) NOT NULL,
    [StartLocal] datetime2(6) NOT NULL,
    [EndLocal] datetime2(6) NOT NULL,
    [StartUtc] datetime2(6) NOT NULL,
    [EndUtc] datetime2(6) NOT NULL,
    [IsAllDay] bit NOT NULL,
    [IsSeries] bit NOT NULL,
    [Place] nvarchar(200) NULL,
    [Commune] nvarchar(100) NULL,
    [Attendance] int NOT NULL,
    [IsCancelled] bit NOT NULL,
    CONSTRAINT [PK_AgendaDates] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_AgendaDates_Items_ItemId] FOREIGN KEY ([ItemId]) REFERENCES [Items] ([Id]) ON DELETE CASCADE
);

CREATE TABLE [AgendaEvents] (
    [Id] uniqueidentifier NOT NULL,
    [Body] nvarchar(max) NOT NULL,
    [BodyHtml] nvarchar(max) NOT NULL,
    [BodyRenderer] int NOT NULL,
    [EditedAt] datetime2(6) NULL,
    [Kind] int NOT NULL,
    [StartLocal] datetime2(6) NOT NULL,
    [EndLocal] datetime2(6) NOT NULL,
    [TimeZone] nvarchar(64) NOT NULL,
    [IsAllDay] bit NOT NULL,
    [Rule] nvarchar(300) NULL,
    [SpreadUntil] datetime2(6) NULL,
    [Place] nvarchar(200) NULL,
    [Commune] nvarchar(100) NULL,
    [OnlineUrl] nvarchar(500) NULL,
    [Contact] nvarchar(200) NULL,
    [Price] nvarchar(200) NULL,
    [Attendance] int NOT NULL,
    [Places] int NULL,
    [ClosesBefore] int NOT NULL,
    [Questions] nvarchar(1500) NOT NULL,
    [CancelledAt] datetime2(6) NULL,
    [Sequence] int NOT NULL,
    [Minutes] nvarchar(max) NULL,
    [MinutesHtml] nvarchar(max) NULL,
    CONSTRAINT [PK_AgendaEvents] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_AgendaEvents_Items_Id] FOREIGN KEY ([Id]) REFERENCES [Items] ([Id]) ON DELETE CASCADE
);

CREATE TABLE [AgendaRegistrations] (
    [ItemId] uniqueidentifier NOT NULL,
    [Key] datetime2(6) NOT NULL,
    [MemberId] uniqueidentifier NOT NULL,
    [Answer] int NOT NULL,
    [WaitingSince] datetime2(6) NULL,
    [Attendance] int NOT NULL,
    [Answers] nvarchar(2000) NOT NULL,
    [AnsweredAt] datetime2(6) NOT NULL,
    [WasThere] bit NULL,
    CONSTRAINT [PK_AgendaRegistrations] PRIMARY KEY ([ItemId], [Key], [MemberId]),
    CONSTRAINT [FK_AgendaRegistrations_Items_ItemId] FOREIGN KEY ([ItemId]) REFERENCES [Items] ([Id]) ON DELETE CASCADE,
    CONSTRAINT [FK_AgendaRegistrations_Members_MemberId] FOREIGN KEY ([MemberId]) REFERENCES [Members] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [AgendaReminders] (
    [MemberId] uniqueidentifier NOT NULL,
    [EventId] uniqueidentifier NOT NULL,
    [Lead] int NOT NULL,
    CONSTRAINT [PK_AgendaReminders] PRIMARY KEY ([MemberId], [EventId]),
    CONSTRAINT [FK_AgendaReminders_Members_MemberId] FOREIGN KEY ([MemberId]) REFERENCES [Members] ([Id]) ON DELETE CASCADE
);

CREATE TABLE [AgendaRides] (
    [Id] uniqueidentifier NOT NULL,
    [ItemId] uniqueidentifier NOT NULL,
    [Key] datetime2(6) NOT NULL,
    [MemberId] uniqueidentifier NOT NULL,
    [Seats] int NOT NULL,
    [Commune] nvarchar(100) NOT NULL,
    [Note] nvarchar(200) NOT NULL,
    CONSTRAINT [PK_AgendaRides] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_AgendaRides_Items_ItemId] FOREIGN KEY ([ItemId]) REFERENCES [Items] ([Id]) ON DELETE CASCADE,
    CONSTRAINT [FK_AgendaRides_Members_MemberId] FOREIGN KEY ([MemberId]) REFERENCES [Members] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [ArticleDrafts] (
    [Id] uniqueidentifier NOT NULL,
    [GroupId] uniqueidentifier NOT NULL,
    [Title] nvarchar(200) NOT NULL,
    [Summary] nvarchar(400) NOT NULL,
    [Body] nvarchar(max) NOT NULL,
    [Tags] nvarchar(max) NOT NULL,
    [Audience] int NOT NULL,
    [CoverFileId] uniqueidentifier NULL,
    [CoverText] nvarchar(300) NULL,
    [IsCommentable] bit NOT NULL,
    [SourceShortId] nvarchar(8) NULL,
    [CreatedById] uniqueidentifier NOT NULL,
    [UpdatedAt] datetime2(6) NOT NULL,
    [PublishAt] datetime2(6) NULL,
    [ScheduledById] uniqueidentifier NULL,
    [Failure] nvarchar(500) NULL,
    [Version] int NOT NULL,
    CONSTRAINT [PK_ArticleDrafts] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_ArticleDrafts_Files_CoverFileId] FOREIGN KEY ([CoverFileId]) REFERENCES [Files] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_ArticleDrafts_Groups_GroupId] FOREIGN KEY ([GroupId]) REFERENCES [Groups] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_ArticleDrafts_Members_CreatedById] FOREIGN KEY ([CreatedById]) REFERENCES [Members] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [Articles] (
    [Id] uniqueidentifier NOT NULL,
    [Summary] nvarchar(400) NOT NULL,
    [Body] nvarchar(max) NOT NULL,
    [BodyHtml] nvarchar(max) NOT NULL,
    [BodyRenderer] int NOT NULL,
    [EditedAt] datetime2(6) NULL,
    [CoverFileId] uniqueidentifier NULL,
    [CoverText] nvarchar(300) NULL,
    [WordCount] int NOT NULL,
    CONSTRAINT [PK_Articles] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_Articles_Files_CoverFileId] FOREIGN KEY ([CoverFileId]) REFERENCES [Files] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_Articles_Items_Id] FOREIGN KEY ([Id]) REFERENCES [Items] ([Id]) ON DELETE CASCADE
);

CREATE TABLE [Bookmarks] (
    [Id] uniqueidentifier NOT NULL,
    [Address] nvarchar(2000) NOT NULL,
    [AddressKey] nvarchar(32) NOT NULL,
    [Body] nvarchar(max) NOT NULL,
    [BodyHtml] nvarchar(max) NOT NULL,
    [BodyRenderer] int NOT NULL,
    [EditedAt] datetime2(6) NULL,
    [CheckedAt] datetime2(6) NULL,
    [Failures] int NOT NULL,
    [FailingSince] datetime2(6) NULL,
    CONSTRAINT [PK_Bookmarks] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_Bookmarks_Items_Id] FOREIGN KEY ([Id]) REFERENCES [Items] ([Id]) ON DELETE CASCADE
);

CREATE TABLE [CoAuthors] (
    [ItemId] uniqueidentifier NOT NULL,
    [MemberId] uniqueidentifier NOT NULL,
    [OrganisationId] uniqueidentifier NULL,
    [Position] int NOT NULL,
    CONSTRAINT [PK_CoAuthors] PRIMARY KEY ([ItemId], [MemberId]),
    CONSTRAINT [FK_CoAuthors_Items_ItemId] FOREIGN KEY ([ItemId]) REFERENCES [Items] ([Id]) ON DELETE CASCADE,
    CONSTRAINT [FK_CoAuthors_Members_MemberId] FOREIGN KEY ([MemberId]) REFERENCES [Members] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_CoAuthors_Organisations_OrganisationId] FOREIGN KEY ([OrganisationId]) REFERENCES [Organisations] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [WikiLinks] (
    [ItemId] uniqueidentifier NOT NULL,
    [Key] nvarchar(200) NOT NULL,
    [TargetId] uniqueidentifier NULL,
    CONSTRAINT [PK_WikiLinks] PRIMARY KEY ([ItemId], [Key]),
    CONSTRAINT [FK_WikiLinks_Items_ItemId] FOREIGN KEY ([ItemId]) REFERENCES [Items] ([Id]) ON DELETE CASCADE
);

CREATE TABLE [WikiPages] (
    [Id] uniqueidentifier NOT NULL,
    [Body] nvarchar(max) NOT NULL,
    [BodyHtml] nvarchar(max) NOT NULL,
    [BodyRenderer] int NOT NULL,
    [EditedAt] datetime2(6) NULL,
    [FoldedTitle] nvarchar(200) NOT NULL,
    [ParentId] uniqueidentifier NULL,
    [Rank] int NOT NULL,
    [Writers] int NOT NULL,
    [IsTemplate] bit NOT NULL,
    [FirstName] nvarchar(100) NULL,
    [RemovedWith] uniqueidentifier NULL,
    [LiftedFrom] uniqueidentifier NULL,
    CONSTRAINT [PK_WikiPages] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_WikiPages_Items_Id] FOREIGN KEY ([Id]) REFERENCES [Items] ([Id]) ON DELETE CASCADE
);

CREATE TABLE [WikiTreeFollowers] (
    [ItemId] uniqueidentifier NOT NULL,
    [MemberId] uniqueidentifier NOT NULL,
    CONSTRAINT [PK_WikiTreeFollowers] PRIMARY KEY ([ItemId], [MemberId]),
    CONSTRAINT [FK_WikiTreeFollowers_Items_ItemId] FOREIGN KEY ([ItemId]) REFERENCES [Items] ([Id]) ON DELETE CASCADE
);

CREATE TABLE [AgendaRideSeats] (
    [RideId] uniqueidentifier NOT NULL,
    [MemberId] uniqueidentifier NOT NULL,
    CONSTRAINT [PK_AgendaRideSeats] PRIMARY KEY ([RideId], [MemberId]),
    CONSTRAINT [FK_AgendaRideSeats_AgendaRides_RideId] FOREIGN KEY ([RideId]) REFERENCES [AgendaRides] ([Id]) ON DELETE CASCADE,
    CONSTRAINT [FK_AgendaRideSeats_Members_MemberId] FOREIGN KEY ([MemberId]) REFERENCES [Members] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [ArticleDraftAuthors] (
    [DraftId] uniqueidentifier NOT NULL,
    [MemberId] uniqueidentifier NOT NULL,
    [Position] int NOT NULL,
    CONSTRAINT [PK_ArticleDraftAuthors] PRIMARY KEY ([DraftId], [MemberId]),
    CONSTRAINT [FK_ArticleDraftAuthors_ArticleDrafts_DraftId] FOREIGN KEY ([DraftId]) REFERENCES [ArticleDrafts] ([Id]) ON DELETE CASCADE,
    CONSTRAINT [FK_ArticleDraftAuthors_Members_MemberId] FOREIGN KEY ([MemberId]) REFERENCES [Members] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [ArticleDraftFiles] (
    [Id] uniqueidentifier NOT NULL,
    [DraftId] uniqueidentifier NOT NULL,
    [FileId] uniqueidentifier NOT NULL,
    [Name] nvarchar(150) NOT NULL,
    CONSTRAINT [PK_ArticleDraftFiles] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_ArticleDraftFiles_ArticleDrafts_DraftId] FOREIGN KEY ([DraftId]) REFERENCES [ArticleDrafts] ([Id]) ON DELETE CASCADE,
    CONSTRAINT [FK_ArticleDraftFiles_Files_FileId] FOREIGN KEY ([FileId]) REFERENCES [Files] ([Id]) ON DELETE NO ACTION
);

CREATE INDEX [IX_AgendaDates_GroupId_StartUtc] ON [AgendaDates] ([GroupId], [StartUtc]);

CREATE UNIQUE INDEX [IX_AgendaDates_ItemId_Key] ON [AgendaDates] ([ItemId], [Key]);

CREATE INDEX [IX_AgendaDates_StartUtc] ON [AgendaDates] ([StartUtc]);

CREATE INDEX [IX_AgendaEvents_SpreadUntil] ON [AgendaEvents] ([SpreadUntil]);

CREATE INDEX [IX_AgendaRegistrations_MemberId_Key] ON [AgendaRegistrations] ([MemberId], [Key]);

CREATE UNIQUE INDEX [IX_AgendaRides_ItemId_Key_MemberId] ON [AgendaRides] ([ItemId], [Key], [MemberId]);

CREATE INDEX [IX_AgendaRides_MemberId] ON [AgendaRides] ([MemberId]);

CREATE INDEX [IX_AgendaRideSeats_MemberId] ON [AgendaRideSeats] ([MemberId]);

CREATE INDEX [IX_ArticleDraftAuthors_MemberId] ON [ArticleDraftAuthors] ([MemberId]);

CREATE INDEX [IX_ArticleDraftFiles_DraftId] ON [ArticleDraftFiles] ([DraftId]);

CREATE INDEX [IX_ArticleDraftFiles_FileId] ON [ArticleDraftFiles] ([FileId]);

CREATE INDEX [IX_ArticleDrafts_CoverFileId] ON [ArticleDrafts] ([CoverFileId]);

CREATE INDEX [IX_ArticleDrafts_CreatedById] ON [ArticleDrafts] ([CreatedById]);

CREATE INDEX [IX_ArticleDrafts_GroupId] ON [ArticleDrafts] ([GroupId]);

CREATE INDEX [IX_ArticleDrafts_PublishAt] ON [ArticleDrafts] ([PublishAt]);

CREATE INDEX [IX_Articles_CoverFileId] ON [Articles] ([CoverFileId]);

CREATE INDEX [IX_Bookmarks_AddressKey] ON [Bookmarks] ([AddressKey]);

CREATE INDEX [IX_Bookmarks_CheckedAt] ON [Bookmarks] ([CheckedAt]);

CREATE INDEX [IX_CoAuthors_MemberId] ON [CoAuthors] ([MemberId]);

CREATE INDEX [IX_CoAuthors_OrganisationId] ON [CoAuthors] ([OrganisationId]);

CREATE INDEX [IX_WikiLinks_Key] ON [WikiLinks] ([Key]);

CREATE INDEX [IX_WikiLinks_TargetId] ON [WikiLinks] ([TargetId]);

CREATE INDEX [IX_WikiPages_FoldedTitle] ON [WikiPages] ([FoldedTitle]);

CREATE INDEX [IX_WikiPages_ParentId] ON [WikiPages] ([ParentId]);

CREATE INDEX [IX_WikiTreeFollowers_MemberId] ON [WikiTreeFollowers] ([MemberId]);

INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (N'20261129024404_AddRoomsOfGroups', N'10.0.14');

COMMIT;
GO

BEGIN TRANSACTION;
ALTER TABLE [Mails] ADD [Calendar] nvarchar(max) NULL;

ALTER TABLE [Files] ADD [Check] int NOT NULL DEFAULT 0;

ALTER TABLE [Files] ADD [CheckedAt] datetime2(6) NULL;

ALTER TABLE [Files] ADD [Threat] nvarchar(200) NULL;

ALTER TABLE [AgendaEvents] ADD [ExtraDates] nvarchar(max) NULL;

ALTER TABLE [AgendaEvents] ADD [ImportedHash] nvarchar(64) NULL;

ALTER TABLE [AgendaEvents] ADD [ImportedVersion] int NULL;

ALTER TABLE [AgendaEvents] ADD [LeftOut] nvarchar(max) NULL;

ALTER TABLE [AgendaEvents] ADD [RelatedTo] nvarchar(255) NULL;

ALTER TABLE [AgendaEvents] ADD [Uid] nvarchar(255) NULL;

CREATE TABLE [AgendaDecisions] (
    [Id] uniqueidentifier NOT NULL,
    [ItemId] uniqueidentifier NOT NULL,
    [Position] int NOT NULL,
    [Text] nvarchar(500) NOT NULL,
    [Who] nvarchar(120) NOT NULL,
    [Due] date NULL,
    CONSTRAINT [PK_AgendaDecisions] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_AgendaDecisions_Items_ItemId] FOREIGN KEY ([ItemId]) REFERENCES [Items] ([Id]) ON DELETE CASCADE
);

CREATE TABLE [AgendaOutsideCalendars] (
    [Id] uniqueidentifier NOT NULL,
    [GroupId] uniqueidentifier NOT NULL,
    [Name] nvarchar(100) NOT NULL,
    [Address] nvarchar(1000) NOT NULL,
    [Audience] int NOT NULL,
    [IsExported] bit NOT NULL,
    [AddedById] uniqueidentifier NOT NULL,
    [AddedAt] datetime2(6) NOT NULL,
    [NextFetchAt] datetime2(6) NOT NULL,
    [LeaseUntil] datetime2(6) NULL,
    [LastFetchAt] datetime2(6) NULL,
    [LastSuccessAt] datetime2(6) NULL,
    [SpreadAt] datetime2(6) NULL,
    [ETag] nvarchar(300) NULL,
    [LastModified] nvarchar(300) NULL,
    [BodyHash] nvarchar(64) NULL,
    [Fault] int NOT NULL,
    [FaultStatus] int NULL,
    [Failures] int NOT NULL,
    [FailingSince] datetime2(6) NULL,
    [FailureToldAt] datetime2(6) NULL,
    [DateCount] int NOT NULL,
    [IsCut] bit NOT NULL,
    CONSTRAINT [PK_AgendaOutsideCalendars] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_AgendaOutsideCalendars_Groups_GroupId] FOREIGN KEY ([GroupId]) REFERENCES [Groups] ([Id]) ON DELETE CASCADE,
    CONSTRAINT [FK_AgendaOutsideCalendars_Members_AddedById] FOREIGN KEY ([AddedById]) REFERENCES [Members] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [FileFolders] (
    [Id] uniqueidentifier NOT NULL,
    [ShortId] nvarchar(8) NOT NULL,
    [GroupId] uniqueidentifier NOT NULL,
    [ParentId] uniqueidentifier NULL,
    [Name] nvarchar(100) NOT NULL,
    [CreatedById] uniqueidentifier NOT NULL,
    [CreatedAt] datetime2(6) NOT NULL,
    [DeletedAt] datetime2(6) NULL,
    CONSTRAINT [PK_FileFolders] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_FileFolders_FileFolders_ParentId] FOREIGN KEY ([ParentId]) REFERENCES [FileFolders] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_FileFolders_Groups_GroupId] FOREIGN KEY ([GroupId]) REFERENCES [Groups] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [FileSettings] (
    [GroupId] uniqueidentifier NOT NULL,
    [QuotaBytes] bigint NULL,
    [AllowsSharing] bit NOT NULL,
    CONSTRAINT [PK_FileSettings] PRIMARY KEY ([GroupId]),
    CONSTRAINT [FK_FileSettings_Groups_GroupId] FOREIGN KEY ([GroupId]) REFERENCES [Groups] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [FileTexts] (
    [ItemId] uniqueidentifier NOT NULL,
    [State] int NOT NULL,
    [Fault] int NULL,
    [Text] nvarchar(max) NOT NULL,
    [IsCut] bit NOT NULL,
    [Attempts] int NOT NULL,
    CONSTRAINT [PK_FileTexts] PRIMARY KEY ([ItemId]),
    CONSTRAINT [FK_FileTexts_Items_ItemId] FOREIGN KEY ([ItemId]) REFERENCES [Items] ([Id]) ON DELETE CASCADE
);

CREATE TABLE [FileVersions] (
    [Id] uniqueidentifier NOT NULL,
    [ItemId] uniqueidentifier NOT NULL,
    [Number] int NOT NULL,
    [FileId] uniqueidentifier NOT NULL,
    [Name] nvarchar(150) NOT NULL,
    [Comment] nvarchar(200) NULL,
    [AuthorId] uniqueidentifier NOT NULL,
    [CreatedAt] datetime2(6) NOT NULL,
    CONSTRAINT [PK_FileVersions] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_FileVersions_Files_FileId] FOREIGN KEY ([FileId]) REFERENCES [Files] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_FileVersions_Items_ItemId] FOREIGN KEY ([ItemId]) REFERENCES [Items] ([Id]) ON DELETE CASCADE,
    CONSTRAINT [FK_FileVersions_Members_AuthorId] FOREIGN KEY ([AuthorId]) REFERENCES [Members] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [Guests] (
    [Id] uniqueidentifier NOT NULL,
    [ItemId] uniqueidentifier NOT NULL,
    [Email] nvarchar(254) NOT NULL,
    [NormalizedEmail] nvarchar(254) NOT NULL,
    [Name] nvarchar(100) NOT NULL,
    [MemberId] uniqueidentifier NULL,
    [InvitedById] uniqueidentifier NULL,
    [At] datetime2(6) NOT NULL,
    [ConfirmedAt] datetime2(6) NULL,
    [RefusedAt] datetime2(6) NULL,
    CONSTRAINT [PK_Guests] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_Guests_Items_ItemId] FOREIGN KEY ([ItemId]) REFERENCES [Items] ([Id]) ON DELETE CASCADE,
    CONSTRAINT [FK_Guests_Members_InvitedById] FOREIGN KEY ([InvitedById]) REFERENCES [Members] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_Guests_Members_MemberId] FOREIGN KEY ([MemberId]) REFERENCES [Members] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [OwnBookmarks] (
    [Id] uniqueidentifier NOT NULL,
    [ShortId] nvarchar(8) NOT NULL,
    [MemberId] uniqueidentifier NOT NULL,
    [Address] nvarchar(2000) NOT NULL,
    [AddressKey] nvarchar(32) NOT NULL,
    [Title] nvarchar(200) NOT NULL,
    [Note] nvarchar(2000) NOT NULL,
    [Words] nvarchar(max) NOT NULL,
    [CreatedAt] datetime2(6) NOT NULL,
    [RemovedAt] datetime2(6) NULL,
    CONSTRAINT [PK_OwnBookmarks] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_OwnBookmarks_Members_MemberId] FOREIGN KEY ([MemberId]) REFERENCES [Members] ([Id]) ON DELETE CASCADE
);

CREATE TABLE [PollBallots] (
    [Id] uniqueidentifier NOT NULL,
    [ItemId] uniqueidentifier NOT NULL,
    [Tag] nvarchar(32) NOT NULL,
    [Marks] nvarchar(600) NOT NULL,
    [Reason] nvarchar(1000) NULL,
    CONSTRAINT [PK_PollBallots] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_PollBallots_Items_ItemId] FOREIGN KEY ([ItemId]) REFERENCES [Items] ([Id]) ON DELETE CASCADE
);

CREATE TABLE [PollOptions] (
    [ItemId] uniqueidentifier NOT NULL,
    [Number] int NOT NULL,
    [Position] int NOT NULL,
    [Text] nvarchar(200) NOT NULL,
    [StartUtc] datetime2(6) NULL,
    [EndUtc] datetime2(6) NULL,
    [IsAdded] bit NOT NULL,
    CONSTRAINT [PK_PollOptions] PRIMARY KEY ([ItemId], [Number]),
    CONSTRAINT [FK_PollOptions_Items_ItemId] FOREIGN KEY ([ItemId]) REFERENCES [Items] ([Id]) ON DELETE CASCADE
);

CREATE TABLE [Polls] (
    [Id] uniqueidentifier NOT NULL,
    [Body] nvarchar(max) NOT NULL,
    [BodyHtml] nvarchar(max) NOT NULL,
    [BodyRenderer] int NOT NULL,
    [EditedAt] datetime2(6) NULL,
    [Kind] int NOT NULL,
    [Secrecy] int NOT NULL,
    [Showing] int NOT NULL,
    [ClosesAt] datetime2(6) NOT NULL,
    [SettledAt] datetime2(6) NULL,
    [Quorum] int NULL,
    [Least] int NOT NULL,
    [Most] int NOT NULL,
    [Points] int NOT NULL,
    [PerOrganisation] bit NOT NULL,
    [TakesOptions] bit NOT NULL,
    [RemindBefore] int NOT NULL,
    [ReminderSentFor] datetime2(6) NULL,
    [RemindedAt] datetime2(6) NULL,
    [Seal] nvarchar(400) NULL,
    [HidesNames] bit NOT NULL,
    [LastOption] int NOT NULL,
    [ConfirmedOption] int NULL,
    [Conclusion] nvarchar(max) NULL,
    [ConclusionHtml] nvarchar(max) NULL,
    [ConcludedAt] datetime2(6) NULL,
    CONSTRAINT [PK_Polls] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_Polls_Items_Id] FOREIGN KEY ([Id]) REFERENCES [Items] ([Id]) ON DELETE CASCADE
);

CREATE TABLE [PollVoters] (
    [ItemId] uniqueidentifier NOT NULL,
    [VoterId] uniqueidentifier NOT NULL,
    [MemberId] uniqueidentifier NULL,
    [OrganisationId] uniqueidentifier NULL,
    CONSTRAINT [PK_PollVoters] PRIMARY KEY ([ItemId], [VoterId]),
    CONSTRAINT [FK_PollVoters_Items_ItemId] FOREIGN KEY ([ItemId]) REFERENCES [Items] ([Id]) ON DELETE CASCADE,
    CONSTRAINT [FK_PollVoters_Members_MemberId] FOREIGN KEY ([MemberId]) REFERENCES [Members] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_PollVoters_Organisations_OrganisationId] FOREIGN KEY ([OrganisationId]) REFERENCES [Organisations] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [QuestionnaireAnswers] (
    [Id] uniqueidentifier NOT NULL,
    [ItemId] uniqueidentifier NOT NULL,
    [PersonId] uniqueidentifier NULL,
    [Answers] nvarchar(max) NOT NULL,
    [AnsweredAt] datetime2(6) NULL,
    CONSTRAINT [PK_QuestionnaireAnswers] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_QuestionnaireAnswers_Items_ItemId] FOREIGN KEY ([ItemId]) REFERENCES [Items] ([Id]) ON DELETE CASCADE
);

CREATE TABLE [QuestionnaireRespondents] (
    [ItemId] uniqueidentifier NOT NULL,
    [PersonId] uniqueidentifier NOT NULL,
    [MemberId] uniqueidentifier NULL,
    CONSTRAINT [PK_QuestionnaireRespondents] PRIMARY KEY ([ItemId], [PersonId]),
    CONSTRAINT [FK_QuestionnaireRespondents_Items_ItemId] FOREIGN KEY ([ItemId]) REFERENCES [Items] ([Id]) ON DELETE CASCADE,
    CONSTRAINT [FK_QuestionnaireRespondents_Members_MemberId] FOREIGN KEY ([MemberId]) REFERENCES [Members] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [Questionnaires] (
    [Id] uniqueidentifier NOT NULL,
    [Body] nvarchar(max) NOT NULL,
    [BodyHtml] nvarchar(max) NOT NULL,
    [BodyRenderer] int NOT NULL,
    [EditedAt] datetime2(6) NULL,
    [Parts] nvarchar(max) NOT NULL,
    [IsAnonymous] bit NOT NULL,
    [ResultsFor] int NOT NULL,
    [ClosesAt] datetime2(6) NOT NULL,
    [MostAnswers] int NULL,
    [RemindBefore] int NOT NULL,
    [RemindedAt] datetime2(6) NULL,
    [PressedAt] datetime2(6) NULL,
    [HidesNames] bit NOT NULL,
    CONSTRAINT [PK_Questionnaires] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_Questionnaires_Items_Id] FOREIGN KEY ([Id]) REFERENCES [Items] ([Id]) ON DELETE CASCADE
);

CREATE TABLE [ShareLinks] (
    [Id] uniqueidentifier NOT NULL,
    [ItemId] uniqueidentifier NOT NULL,
    [TokenHash] nvarchar(64) NOT NULL,
    [PasswordHash] nvarchar(200) NULL,
    [ExpiresAt] datetime2(6) NOT NULL,
    [MostDownloads] int NULL,
    [Downloads] int NOT NULL,
    [Failures] int NOT NULL,
    [FailingSince] datetime2(6) NULL,
    [CreatedById] uniqueidentifier NOT NULL,
    [CreatedAt] datetime2(6) NOT NULL,
    [RevokedAt] datetime2(6) NULL,
    CONSTRAINT [PK_ShareLinks] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_ShareLinks_Items_ItemId] FOREIGN KEY ([ItemId]) REFERENCES [Items] ([Id]) ON DELETE CASCADE,
    CONSTRAINT [FK_ShareLinks_Members_CreatedById] FOREIGN KEY ([CreatedById]) REFERENCES [Members] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [Uploads] (
    [Id] uniqueidentifier NOT NULL,
    [MemberId] uniqueidentifier NOT NULL,
    [Name] nvarchar(150) NOT NULL,
    [Length] bigint NOT NULL,
    [Sha256] nvarchar(64) NULL,
    [FileId] uniqueidentifier NULL,
    [CreatedAt] datetime2(6) NOT NULL,
    [ExpiresAt] datetime2(6) NOT NULL,
    [ClaimedAt] datetime2(6) NULL,
    CONSTRAINT [PK_Uploads] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_Uploads_Files_FileId] FOREIGN KEY ([FileId]) REFERENCES [Files] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_Uploads_Members_MemberId] FOREIGN KEY ([MemberId]) REFERENCES [Members] ([Id]) ON DELETE NO ACTION
);

CREATE TABLE [AgendaOutsideDates] (
    [Id] uniqueidentifier NOT NULL,
    [CalendarId] uniqueidentifier NOT NULL,
    [Title] nvarchar(200) NOT NULL,
    [Place] nvarchar(200) NULL,
    [Link] nvarchar(500) NULL,
    [StartLocal] datetime2(6) NOT NULL,
    [EndLocal] datetime2(6) NOT NULL,
    [StartUtc] datetime2(6) NOT NULL,
    [EndUtc] datetime2(6) NOT NULL,
    [IsAllDay] bit NOT NULL,
    CONSTRAINT [PK_AgendaOutsideDates] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_AgendaOutsideDates_AgendaOutsideCalendars_CalendarId] FOREIGN KEY ([CalendarId]) REFERENCES [AgendaOutsideCalendars] ([Id]) ON DELETE CASCADE
);

CREATE TABLE [GroupFiles] (
    [Id] uniqueidentifier NOT NULL,
    [FolderId] uniqueidentifier NULL,
    [Name] nvarchar(150) NOT NULL,
    [NameKey] nvarchar(150) NOT NULL,
    [FileId] uniqueidentifier NOT NULL,
    [VersionNumber] int NOT NULL,
    [Accessible] int NOT NULL,
    [Downloads] int NOT NULL,
    [Body] nvarchar(max) NOT NULL,
    [BodyHtml] nvarchar(max) NOT NULL,
    [BodyRenderer] int NOT NULL,
    [EditedAt] datetime2(6) NULL,
    CONSTRAINT [PK_GroupFiles] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_GroupFiles_FileFolders_FolderId] FOREIGN KEY ([FolderId]) REFERENCES [FileFolders] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_GroupFiles_Files_FileId] FOREIGN KEY ([FileId]) REFERENCES [Files] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_GroupFiles_Items_Id] FOREIGN KEY ([Id]) REFERENCES [Items] ([Id]) ON DELETE CASCADE
);

CREATE TABLE [AgendaGuestRegistrations] (
    [Key] datetime2(6) NOT NULL,
    [GuestId] uniqueidentifier NOT NULL,
    [ItemId] uniqueidentifier NOT NULL,
    [Answer] int NOT NULL,
    [WaitingSince] datetime2(6) NULL,
    [Attendance] int NOT NULL,
    [Answers] nvarchar(2000) NOT NULL,
    [AnsweredAt] datetime2(6) NOT NULL,
    [WasThere] bit NULL,
    CONSTRAINT [PK_AgendaGuestRegistrations] PRIMARY KEY ([GuestId], [Key]),
    CONSTRAINT [FK_AgendaGuestRegistrations_Guests_GuestId] FOREIGN KEY ([GuestId]) REFERENCES [Guests] ([Id]) ON DELETE CASCADE
);

CREATE TABLE [OwnBookmarkTags] (
    [BookmarkId] uniqueidentifier NOT NULL,
    [Slug] nvarchar(40) NOT NULL,
    [Name] nvarchar(40) NOT NULL,
    CONSTRAINT [PK_OwnBookmarkTags] PRIMARY KEY ([BookmarkId], [Slug]),
    CONSTRAINT [FK_OwnBookmarkTags_OwnBookmarks_BookmarkId] FOREIGN KEY ([BookmarkId]) REFERENCES [OwnBookmarks] ([Id]) ON DELETE CASCADE
);

CREATE INDEX [IX_Files_Check] ON [Files] ([Check]);

CREATE INDEX [IX_AgendaEvents_Uid] ON [AgendaEvents] ([Uid]);

CREATE INDEX [IX_AgendaDecisions_ItemId_Position] ON [AgendaDecisions] ([ItemId], [Position]);

CREATE INDEX [IX_AgendaGuestRegistrations_ItemId_Key] ON [AgendaGuestRegistrations] ([ItemId], [Key]);

CREATE INDEX [IX_AgendaOutsideCalendars_AddedById] ON [AgendaOutsideCalendars] ([AddedById]);

CREATE INDEX [IX_AgendaOutsideCalendars_GroupId] ON [AgendaOutsideCalendars] ([GroupId]);

CREATE INDEX [IX_AgendaOutsideCalendars_NextFetchAt] ON [AgendaOutsideCalendars] ([NextFetchAt]);

CREATE INDEX [IX_AgendaOutsideDates_CalendarId_StartUtc] ON [AgendaOutsideDates] ([CalendarId], [StartUtc]);

CREATE INDEX [IX_AgendaOutsideDates_StartUtc] ON [AgendaOutsideDates] ([StartUtc]);

CREATE INDEX [IX_FileFolders_GroupId] ON [FileFolders] ([GroupId]);

CREATE INDEX [IX_FileFolders_ParentId] ON [FileFolders] ([ParentId]);

CREATE UNIQUE INDEX [IX_FileFolders_ShortId] ON [FileFolders] ([ShortId]);

CREATE INDEX [IX_FileTexts_State] ON [FileTexts] ([State]);

CREATE INDEX [IX_FileVersions_AuthorId] ON [FileVersions] ([AuthorId]);

CREATE INDEX [IX_FileVersions_FileId] ON [FileVersions] ([FileId]);

CREATE UNIQUE INDEX [IX_FileVersions_ItemId_Number] ON [FileVersions] ([ItemId], [Number]);

CREATE INDEX [IX_GroupFiles_FileId] ON [GroupFiles] ([FileId]);

CREATE INDEX [IX_GroupFiles_FolderId_NameKey] ON [GroupFiles] ([FolderId], [NameKey]);

CREATE INDEX [IX_Guests_InvitedById] ON [Guests] ([InvitedById]);

CREATE UNIQUE INDEX [IX_Guests_ItemId_NormalizedEmail] ON [Guests] ([ItemId], [NormalizedEmail]);

CREATE INDEX [IX_Guests_MemberId] ON [Guests] ([MemberId]);

CREATE INDEX [IX_Guests_NormalizedEmail] ON [Guests] ([NormalizedEmail]);

CREATE UNIQUE INDEX [IX_OwnBookmarks_MemberId_AddressKey] ON [OwnBookmarks] ([MemberId], [AddressKey]);

CREATE INDEX [IX_OwnBookmarks_MemberId_CreatedAt] ON [OwnBookmarks] ([MemberId], [CreatedAt]);

CREATE UNIQUE INDEX [IX_OwnBookmarks_ShortId] ON [OwnBookmarks] ([ShortId]);

CREATE UNIQUE INDEX [IX_PollBallots_ItemId_Tag] ON [PollBallots] ([ItemId], [Tag]);

CREATE INDEX [IX_Polls_SettledAt_ClosesAt] ON [Polls] ([SettledAt], [ClosesAt]);

CREATE INDEX [IX_PollVoters_MemberId] ON [PollVoters] ([MemberId]);

CREATE INDEX [IX_PollVoters_OrganisationId] ON [PollVoters] ([OrganisationId]);

CREATE UNIQUE INDEX [IX_QuestionnaireAnswers_ItemId_PersonId] ON [QuestionnaireAnswers] ([ItemId], [PersonId]) WHERE [PersonId] IS NOT NULL;

CREATE INDEX [IX_QuestionnaireRespondents_MemberId] ON [QuestionnaireRespondents] ([MemberId]);

CREATE INDEX [IX_Questionnaires_ClosesAt] ON [Questionnaires] ([ClosesAt]);

CREATE INDEX [IX_ShareLinks_CreatedById] ON [ShareLinks] ([CreatedById]);

CREATE INDEX [IX_ShareLinks_ItemId] ON [ShareLinks] ([ItemId]);

CREATE UNIQUE INDEX [IX_ShareLinks_TokenHash] ON [ShareLinks] ([TokenHash]);

CREATE INDEX [IX_Uploads_ExpiresAt] ON [Uploads] ([ExpiresAt]);

CREATE INDEX [IX_Uploads_FileId] ON [Uploads] ([FileId]);

CREATE INDEX [IX_Uploads_MemberId_ClaimedAt] ON [Uploads] ([MemberId], [ClaimedAt]);

INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (N'20261129072717_AddFilesPollsAndGuests', N'10.0.14');

COMMIT;
GO

BEGIN TRANSACTION;
DROP INDEX [IX_AgendaDecisions_ItemId_Position] ON [AgendaDecisions];

ALTER TABLE [AgendaDecisions] ADD [Key] datetime2(6) NOT NULL DEFAULT '0001-01-01T00:00:00.000000';

CREATE TABLE [AgendaMinutes] (
    [Id] uniqueidentifier NOT NULL,
    [ItemId] uniqueidentifier NOT NULL,
    [Key] datetime2(6) NOT NULL,
    [Text] nvarchar(max) NULL,
    [Html] nvarchar(max) NULL,
    [CameToo] nvarchar(2500) NOT NULL,
    [WriterId] uniqueidentifier NULL,
    [At] datetime2(6) NOT NULL,
    [ReplacedAt] datetime2(6) NULL,
    [Decided] nvarchar(max) NULL,
    CONSTRAINT [PK_AgendaMinutes] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_AgendaMinutes_Items_ItemId] FOREIGN KEY ([ItemId]) REFERENCES [Items] ([Id]) ON DELETE CASCADE,
    CONSTRAINT [FK_AgendaMinutes_Members_WriterId] FOREIGN KEY ([WriterId]) REFERENCES [Members] ([Id]) ON DELETE NO ACTION
);

CREATE INDEX [IX_AgendaMinutes_ItemId_Key] ON [AgendaMinutes] ([ItemId], [Key]);

CREATE INDEX [IX_AgendaMinutes_WriterId] ON [AgendaMinutes] ([WriterId]);

INSERT INTO "AgendaMinutes" ("Id", "ItemId", "Key", "Text", "Html", "CameToo", "WriterId", "At", "ReplacedAt", "Decided")
SELECT NEWID(), e."Id", COALESCE(
  (SELECT MAX(r."Key") FROM "AgendaRegistrations" r WHERE r."ItemId" = e."Id" AND r."WasThere" IS NOT NULL),
  (SELECT MAX(d."Key") FROM "AgendaDates" d WHERE d."ItemId" = e."Id" AND d."EndUtc" <= i."UpdatedAt"),
  e."StartLocal"), e."Minutes", e."MinutesHtml", '', NULL, i."UpdatedAt", NULL, NULL
FROM "AgendaEvents" e INNER JOIN "Items" i ON i."Id" = e."Id"
WHERE e."Minutes" IS NOT NULL OR EXISTS (SELECT 1 FROM "AgendaDecisions" d WHERE d."ItemId" = e."Id");

EXEC(N'UPDATE "AgendaDecisions" SET "Key" = (SELECT MAX(m."Key") FROM "AgendaMinutes" m WHERE m."ItemId" = "AgendaDecisions"."ItemId")');

DECLARE @var nvarchar(max);
SELECT @var = QUOTENAME([d].[name])
FROM [sys].[default_constraints] [d]
INNER JOIN [sys].[columns] [c] ON [d].[parent_column_id] = [c].[column_id] AND [d].[parent_object_id] = [c].[object_id]
WHERE ([d].[parent_object_id] = OBJECT_ID(N'[AgendaEvents]') AND [c].[name] = N'Minutes');
IF @var IS NOT NULL EXEC(N'ALTER TABLE [AgendaEvents] DROP CONSTRAINT ' + @var + ';');
ALTER TABLE [AgendaEvents] DROP COLUMN [Minutes];

DECLARE @var1 nvarchar(max);
SELECT @var1 = QUOTENAME([d].[name])
FROM [sys].[default_constraints] [d]
INNER JOIN [sys].[columns] [c] ON [d].[parent_column_id] = [c].[column_id] AND [d].[parent_object_id] = [c].[object_id]
WHERE ([d].[parent_object_id] = OBJECT_ID(N'[AgendaEvents]') AND [c].[name] = N'MinutesHtml');
IF @var1 IS NOT NULL EXEC(N'ALTER TABLE [AgendaEvents] DROP CONSTRAINT ' + @var1 + ';');
ALTER TABLE [AgendaEvents] DROP COLUMN [MinutesHtml];

CREATE INDEX [IX_AgendaDecisions_ItemId_Key_Position] ON [AgendaDecisions] ([ItemId], [Key], [Position]);

INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (N'20261129145750_AddMinutesOfDates', N'10.0.14');

COMMIT;
GO

BEGIN TRANSACTION;
ALTER TABLE [Comments] ADD [Quote] nvarchar(500) NULL;

ALTER TABLE [Comments] ADD [QuotePrefix] nvarchar(32) NULL;

ALTER TABLE [Comments] ADD [QuoteSuffix] nvarchar(32) NULL;

ALTER TABLE [Comments] ADD [ResolvedAt] datetime2(6) NULL;

ALTER TABLE [Comments] ADD [ResolvedById] uniqueidentifier NULL;

CREATE TABLE [WikiFollowers] (
    [GroupId] uniqueidentifier NOT NULL,
    [MemberId] uniqueidentifier NOT NULL,
    CONSTRAINT [PK_WikiFollowers] PRIMARY KEY ([GroupId], [MemberId]),
    CONSTRAINT [FK_WikiFollowers_Groups_GroupId] FOREIGN KEY ([GroupId]) REFERENCES [Groups] ([Id]) ON DELETE CASCADE
);

CREATE INDEX [IX_WikiFollowers_MemberId] ON [WikiFollowers] ([MemberId]);

INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (N'20261129180120_AddPassagesAndWikiFollowers', N'10.0.14');

COMMIT;
GO

BEGIN TRANSACTION;
ALTER TABLE [AgendaEvents] ADD [IsByOthers] bit NOT NULL DEFAULT CAST(0 AS bit);

ALTER TABLE [AgendaEvents] ADD [Organisations] nvarchar(300) NULL;

ALTER TABLE [AgendaEvents] ADD [Programme] nvarchar(max) NULL;

INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (N'20261129181249_AddProgrammes', N'10.0.14');

COMMIT;
GO

BEGIN TRANSACTION;
ALTER TABLE [Items] ADD [FeaturedAt] datetime2(6) NULL;

ALTER TABLE [Articles] ADD [Series] nvarchar(80) NULL;

ALTER TABLE [Articles] ADD [SeriesKey] nvarchar(80) NULL;

ALTER TABLE [ArticleDrafts] ADD [Series] nvarchar(80) NULL;

CREATE TABLE [BookmarkQuotes] (
    [Id] uniqueidentifier NOT NULL,
    [ItemId] uniqueidentifier NOT NULL,
    [AuthorId] uniqueidentifier NOT NULL,
    [Text] nvarchar(1000) NOT NULL,
    [Note] nvarchar(1000) NULL,
    [IsPrivate] bit NOT NULL,
    [At] datetime2(6) NOT NULL,
    [RemovedAt] datetime2(6) NULL,
    [Version] int NOT NULL,
    CONSTRAINT [PK_BookmarkQuotes] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_BookmarkQuotes_Items_ItemId] FOREIGN KEY ([ItemId]) REFERENCES [Items] ([Id]) ON DELETE CASCADE
);

CREATE TABLE [PageCopies] (
    [Id] uniqueidentifier NOT NULL,
    [MemberId] uniqueidentifier NOT NULL,
    [Address] nvarchar(2000) NOT NULL,
    [AddressKey] nvarchar(32) NOT NULL,
    [Title] nvarchar(200) NOT NULL,
    [Html] nvarchar(max) NOT NULL,
    [At] datetime2(6) NOT NULL,
    CONSTRAINT [PK_PageCopies] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_PageCopies_Members_MemberId] FOREIGN KEY ([MemberId]) REFERENCES [Members] ([Id]) ON DELETE CASCADE
);

CREATE TABLE [TagAliases] (
    [GroupId] uniqueidentifier NOT NULL,
    [Slug] nvarchar(40) NOT NULL,
    [Into] nvarchar(40) NOT NULL,
    CONSTRAINT [PK_TagAliases] PRIMARY KEY ([GroupId], [Slug]),
    CONSTRAINT [FK_TagAliases_Groups_GroupId] FOREIGN KEY ([GroupId]) REFERENCES [Groups] ([Id]) ON DELETE NO ACTION
);

CREATE INDEX [IX_Items_FeaturedAt] ON [Items] ([FeaturedAt]);

CREATE INDEX [IX_Articles_SeriesKey] ON [Articles] ([SeriesKey]);

CREATE INDEX [IX_BookmarkQuotes_ItemId_At] ON [BookmarkQuotes] ([ItemId], [At]);

CREATE INDEX [IX_BookmarkQuotes_RemovedAt] ON [BookmarkQuotes] ([RemovedAt]);

CREATE UNIQUE INDEX [IX_PageCopies_MemberId_AddressKey] ON [PageCopies] ([MemberId], [AddressKey]);

CREATE INDEX [IX_PageCopies_MemberId_At] ON [PageCopies] ([MemberId], [At]);

INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (N'20261129181347_AddSeriesFeaturedQuotesAndCopies', N'10.0.14');

COMMIT;
GO

BEGIN TRANSACTION;
ALTER TABLE [PollOptions] ADD [Places] int NULL;

CREATE TABLE [QuestionnaireFiles] (
    [Id] uniqueidentifier NOT NULL,
    [ItemId] uniqueidentifier NOT NULL,
    [SheetId] uniqueidentifier NOT NULL,
    [Question] int NOT NULL,
    [FileId] uniqueidentifier NOT NULL,
    [Name] nvarchar(200) NOT NULL,
    CONSTRAINT [PK_QuestionnaireFiles] PRIMARY KEY ([Id]),
    CONSTRAINT [FK_QuestionnaireFiles_Files_FileId] FOREIGN KEY ([FileId]) REFERENCES [Files] ([Id]) ON DELETE NO ACTION,
    CONSTRAINT [FK_QuestionnaireFiles_Items_ItemId] FOREIGN KEY ([ItemId]) REFERENCES [Items] ([Id]),
    CONSTRAINT [FK_QuestionnaireFiles_QuestionnaireAnswers_SheetId] FOREIGN KEY ([SheetId]) REFERENCES [QuestionnaireAnswers] ([Id]) ON DELETE CASCADE
);

CREATE INDEX [IX_QuestionnaireFiles_FileId] ON [QuestionnaireFiles] ([FileId]);

CREATE INDEX [IX_QuestionnaireFiles_ItemId] ON [QuestionnaireFiles] ([ItemId]);

CREATE INDEX [IX_QuestionnaireFiles_SheetId] ON [QuestionnaireFiles] ([SheetId]);

INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (N'20261129182712_AddPlacesAndFilesOfPolls', N'10.0.14');

COMMIT;
GO

BEGIN TRANSACTION;
ALTER TABLE [Groups] ADD [Announcement] nvarchar(500) NULL;

ALTER TABLE [Groups] ADD [AnnouncementUntil] date NULL;

ALTER TABLE [Groups] ADD [LogoFileId] uniqueidentifier NULL;

INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (N'20261129183718_AddAnnouncementAndLogo', N'10.0.14');

COMMIT;
GO

BEGIN TRANSACTION;
CREATE TABLE [DrawnFiles] (
    [FileId] uniqueidentifier NOT NULL,
    [Attempts] int NOT NULL,
    [DrawnAt] datetime2(6) NULL,
    CONSTRAINT [PK_DrawnFiles] PRIMARY KEY ([FileId]),
    CONSTRAINT [FK_DrawnFiles_Files_FileId] FOREIGN KEY ([FileId]) REFERENCES [Files] ([Id]) ON DELETE CASCADE
);

CREATE TABLE [DrawnPages] (
    [FileId] uniqueidentifier NOT NULL,
    [Number] int NOT NULL,
    [PictureId] uniqueidentifier NOT NULL,
    [Width] int NOT NULL,
    [Height] int NOT NULL,
    CONSTRAINT [PK_DrawnPages] PRIMARY KEY ([FileId], [Number]),
    CONSTRAINT [FK_DrawnPages_DrawnFiles_FileId] FOREIGN KEY ([FileId]) REFERENCES [DrawnFiles] ([FileId]) ON DELETE CASCADE,
    CONSTRAINT [FK_DrawnPages_Files_PictureId] FOREIGN KEY ([PictureId]) REFERENCES [Files] ([Id]) ON DELETE NO ACTION
);

CREATE INDEX [IX_DrawnPages_PictureId] ON [DrawnPages] ([PictureId]);

INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (N'20261129183821_AddDrawnPages', N'10.0.14');

COMMIT;
GO

BEGIN TRANSACTION;
DROP INDEX [IX_AgendaDates_StartUtc] ON [AgendaDates];

CREATE INDEX [IX_Items_Rights] ON [Items] ([Id], [DeletedAt], [Audience], [GroupId]);

CREATE INDEX [IX_AgendaDates_StartUtc_EndUtc_ItemId_GroupId_Kind] ON [AgendaDates] ([StartUtc], [EndUtc], [ItemId], [GroupId], [Kind]);

INSERT INTO [__EFMigrationsHistory] ([MigrationId], [ProductVersion])
VALUES (N'20261129215323_CountMonthsWithoutRows', N'10.0.14');

COMMIT;
GO

