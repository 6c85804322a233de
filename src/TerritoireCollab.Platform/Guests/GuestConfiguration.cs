using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using TerritoireCollab.Platform.Members;

namespace TerritoireCollab.Platform.Guests;

internal sealed class GuestConfiguration : IEntityTypeConfiguration<Guest>
{
    public void Configure(EntityTypeBuilder<Guest> entity)
    {
        entity.ToTable("Guests");
        entity.Ignore(x => x.Called);
        entity.Property(x => x.Email).HasMaxLength(Guest.EmailLength);
        entity.Property(x => x.NormalizedEmail).HasMaxLength(Guest.EmailLength);
        entity.Property(x => x.Name).HasMaxLength(Guest.NameLength);
        entity.HasIndex(x => new { x.ItemId, x.NormalizedEmail }).IsUnique();
        entity.HasIndex(x => x.NormalizedEmail);
        entity.HasOne(x => x.Item).WithMany().HasForeignKey(x => x.ItemId).OnDelete(DeleteBehavior.Cascade);
        entity.HasOne<Member>().WithMany().HasForeignKey(x => x.MemberId).OnDelete(DeleteBehavior.Restrict);
        entity.HasOne(x => x.InvitedBy).WithMany().HasForeignKey(x => x.InvitedById).OnDelete(DeleteBehavior.Restrict);
    }
}
