namespace MappaFlows.Workflows.Tests;

public sealed class DirectoryTests
{
    [Fact]
    public async Task Person_saved_during_a_directory_read_is_found()
    {
        var store = new MemoryStore();
        var directory = new TablePeopleDirectory(store, TestRows.New());
        await directory.SaveAsync([SamplePeople.Chair], []);
        store.AfterNextQuery = () => directory.SaveAsync([SamplePeople.Coordinator], []);

        await directory.FindAsync(SamplePeople.Chair.Id);

        Assert.Equal(SamplePeople.Coordinator.Id, (await directory.FindAsync(SamplePeople.Coordinator.Id))?.Id);
    }
}
