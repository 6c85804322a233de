using Microsoft.EntityFrameworkCore;
using TerritoireCollab.Platform.Data;
using TerritoireCollab.Polls.Voting;

namespace TerritoireCollab.Polls;

/// <summary>How the rows of polls are stored.</summary>
internal static class PollsModel
{
    public static void Configure(ModelBuilder model)
    {
        var poll = model.Content<Poll>();
        poll.ToTable("Polls");
        poll.Property(p => p.Seal).HasMaxLength(Poll.SealLength);
        poll.HasIndex(p => new { p.SettledAt, p.ClosesAt });
        model.Entity<PollOption>(option =>
        {
            option.ToTable("PollOptions");
            option.HasKey(o => new { o.ItemId, o.Number });
            option.Property(o => o.Text).HasMaxLength(PollOption.TextLength);
            option.HasOne(o => o.Item).WithMany().HasForeignKey(o => o.ItemId).OnDelete(DeleteBehavior.Cascade);
        });
        model.Entity<PollVoter>(voter =>
        {
            voter.ToTable("PollVoters");
            voter.HasKey(v => new { v.ItemId, v.VoterId });
            voter.HasIndex(v => v.MemberId);
            voter.HasOne(v => v.Item).WithMany().HasForeignKey(v => v.ItemId).OnDelete(DeleteBehavior.Cascade);
            voter.HasOne(v => v.Member).WithMany().HasForeignKey(v => v.MemberId).OnDelete(DeleteBehavior.Restrict);
            voter.HasOne(v => v.Organisation).WithMany().HasForeignKey(v => v.OrganisationId).OnDelete(DeleteBehavior.Restrict);
        });
        model.Entity<PollBallot>(ballot =>
        {
            ballot.ToTable("PollBallots");
            ballot.Property(b => b.Id).ValueGeneratedNever();
            ballot.Property(b => b.Tag).HasMaxLength(PollBallot.TagLength);
            ballot.Property(b => b.Marks).HasMaxLength(PollBallot.MarksLength);
            ballot.Property(b => b.Reason).HasMaxLength(PollBallot.ReasonLength);
            ballot.HasIndex(b => new { b.ItemId, b.Tag }).IsUnique();
            ballot.HasOne(b => b.Item).WithMany().HasForeignKey(b => b.ItemId).OnDelete(DeleteBehavior.Cascade);
        });
    }
}
