namespace TerritoireCollab.Platform.Access;

/// <summary>The administration does not exist for anybody else.</summary>
public static class AdminOnly
{
    /// <summary>Lets administrators through.</summary>
    /// <exception cref="NotFoundException">The viewer administers nothing.</exception>
    public static void Require(Viewer viewer)
    {
        if (!viewer.IsMember || !viewer.IsAdmin) throw new NotFoundException();
    }
}
