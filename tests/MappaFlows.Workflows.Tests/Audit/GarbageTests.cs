using MappaFlows.Tables;
using MappaFlows.Workflows.Tests.Releases;

namespace MappaFlows.Workflows.Tests.Audit;

/// <summary>Garbage in any column of any row of the product: the check names it and goes on, and the lists show the rest.</summary>
public sealed class GarbageTests
{
    /// <summary>Rows that heal by themselves, or are read by nothing that a person relies on.</summary>
    private static readonly string[] Healing = ["Emails/rate-limit", "Emails/operations", "Checkpoints/", "Health/", "Store/"];

    [Fact]
    public async Task Garbage_in_any_column_of_any_row_is_named_by_the_check_and_hides_nothing_else()
    {
        PartitionsStore? store = null;
        await using var product = await Product.StartAsync(over: inner => store = new(inner));
        var (spoilt, other) = (await product.AcceptAsync(ManagementLevel.Level2), await product.AcceptAsync(ManagementLevel.Level2));
        foreach (var reference in new[] { spoilt, other })
            await product.DoAsync(SamplePeople.Coordinator, reference, new ProposeDisclosure { Content = SampleDisclosures.Content() });
        await product.Get<ReferralDrafts>().BeginAsync(SamplePeople.Referrer.Id, SampleReferrals.Category2());
        await product.AdvanceAsync(TimeSpan.FromDays(1));
        await product.Get<CheckpointWriter>().RunNowAsync();
        Assert.Equal(0, (await CheckAsync(product)).Discrepancies);

        var (tried, silent) = (0, new List<string>());
        foreach (var (table, partition) in store!.Written.Where(place => !place.Table.StartsWith("Durable", StringComparison.Ordinal)).ToList())
        {
            if (Healing.Any(place => $"{table}/{partition}".StartsWith(place, StringComparison.Ordinal))) continue;
            var rows = await product.Store.ReadAllAsync(table, partition, RowRange.All).ToListAsync();
            foreach (var row in rows.Where(row => row.Row.Contains(spoilt.ToString(), StringComparison.Ordinal)
                || partition == spoilt.ToString() || table is TableNames.People or TableNames.Referrals))
            {
                foreach (var column in row.Properties.Keys)
                {
                    foreach (var garbage in new object[] { Guid.Empty, new byte[] { 1, 2, 3 } })
                    {
                        await product.Store.CommitAsync(
                            table, partition, [new Upsert(row.Row, new Dictionary<string, object>(row.Properties) { [column] = garbage })]);

                        var check = await CheckAsync(product);

                        tried++;
                        if (check.Discrepancies == 0) silent.Add($"{table}/{row.Row[..Math.Min(8, row.Row.Length)]}…/{column}");
                        Assert.DoesNotContain(check.Sample, found => found.Case == other);
                        if (table != TableNames.People)
                        {
                            var caseload = await product.Get<CaseloadIndex>().ListAsync(new(SamplePeople.Area));
                            Assert.Contains(caseload.Cases, listed => listed.Reference == other);
                        }

                        await product.Store.CommitAsync(table, partition, [new Upsert(row.Row, row.Properties)]);
                    }
                }
            }
        }

        Assert.True(tried > 100, $"{tried}");
        Assert.Empty(silent.Distinct());
        Assert.Equal(0, (await CheckAsync(product)).Discrepancies);
    }

    [Fact]
    public async Task The_check_says_what_no_checkpoint_covers()
    {
        await using var harness = await AuditHarness.OpenAsync();
        var first = await harness.MakeCaseAsync();
        await harness.NextDayAsync();
        var second = await harness.MakeCaseAsync();
        Assert.NotEqual(first, second);

        var check = await harness.CheckAsync();

        Assert.Equal((1, false, 0), (check.Uncovered, check.HasMoreUncovered, check.Discrepancies));
    }

    [Fact]
    public async Task A_case_in_no_checkpoint_whose_state_was_forged_is_found()
    {
        await using var harness = await AuditHarness.OpenAsync();
        await harness.MakeCaseAsync();
        await harness.NextDayAsync();
        var second = await harness.MakeCaseAsync();
        await harness.ForgeAsync(second.ToString(), "state", row => row["Sequence"] = (long)row["Sequence"] - 1);

        var found = Assert.Single((await harness.CheckAsync()).Sample);

        Assert.Equal((second, 0L), (found.Case, found.Checkpoint));
    }

    private static async Task<VerificationProgress> CheckAsync(Product product)
    {
        var (first, last) = (await product.Get<Verifications>().FindAsync(Verifications.All))!.Value;
        var progress = new VerificationProgress("check", first, last, first - 1, product.Time.GetUtcNow());
        while (!progress.IsOver) progress = await product.Get<CheckpointVerifier>().VerifyNextAsync(progress);
        return progress;
    }
}
