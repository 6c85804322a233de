using TerritoireCollab.Architecture.Tests.Reading;

namespace TerritoireCollab.Architecture.Tests.Sources;

/// <summary>M3: every kind of mail carries the fields by which it is sorted. What writes mails is found in the sources, so that a new kind is not forgotten.</summary>
public sealed class MailTests
{
    [Fact]
    public void M3_WhateverWritesMails_WritesTheFieldsToSortThemBy()
    {
        var writers = Checkout.Files("src", ".cs").Where(f => f.Text.Contains("new MailRow", StringComparison.Ordinal)).ToList();

        Assert.True(writers.Count >= 8, $"{writers.Count} writers of mails were found.");
        Assert.All(writers, f => Assert.True(f.Text.Contains("new MailSorting", StringComparison.Ordinal), f.Path));
    }
}
