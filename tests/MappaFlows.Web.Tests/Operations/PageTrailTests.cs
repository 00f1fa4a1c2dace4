using MappaFlows.Web.Pages.Operations;
using Microsoft.AspNetCore.DataProtection;

namespace MappaFlows.Web.Tests.Operations;

public sealed class PageTrailTests
{
    private readonly PageTokens _tokens = new(new EphemeralDataProtectionProvider());

    [Fact]
    public void The_first_page_has_no_way_back()
    {
        var trail = PageTrail.Open(_tokens, null);

        Assert.Null(trail.Token);
        Assert.False(trail.HasPrevious);
    }

    [Fact]
    public void Page_trail_leads_back_through_the_same_pages()
    {
        var sealedTrail = (string?)null;
        var forward = new List<string?> { null };
        foreach (var token in new[] { "a", "b", "c" })
        {
            sealedTrail = PageTrail.Open(_tokens, sealedTrail).To(token);
            forward.Add(token);
        }

        var back = new List<string?>();
        var trail = PageTrail.Open(_tokens, sealedTrail);
        while (trail.HasPrevious)
        {
            back.Add(trail.Token);
            trail = PageTrail.Open(_tokens, trail.Previous);
        }

        back.Add(trail.Token);
        Assert.Equal(forward.AsEnumerable().Reverse(), back);
    }

    [Fact]
    public void A_long_way_keeps_its_end_and_its_address_does_not_grow()
    {
        var sealedTrail = (string?)null;
        var lengths = new List<int>();
        for (var page = 2; page <= 40; page++)
        {
            sealedTrail = PageTrail.Open(_tokens, sealedTrail).To($"h|MA-2026-{page:D4}-screening");
            lengths.Add(sealedTrail.Length);
        }

        var trail = PageTrail.Open(_tokens, sealedTrail);
        Assert.Equal("h|MA-2026-0040-screening", trail.Token);
        Assert.Equal("h|MA-2026-0039-screening", PageTrail.Open(_tokens, trail.Previous).Token);
        Assert.Equal(lengths[15], lengths[^1]);
        Assert.InRange(lengths[^1], 1, 1000);
    }
}
