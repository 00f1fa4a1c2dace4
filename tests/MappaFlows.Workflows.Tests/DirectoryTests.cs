using MappaFlows.Workflows.People;
using MappaFlows.Workflows.Tests.Notifications;

namespace MappaFlows.Workflows.Tests;

public sealed class DirectoryTests
{
    [Fact]
    public async Task Somebody_who_is_saved_while_the_directory_is_being_read_is_found_at_once()
    {
        var store = new MemoryStore();
        var directory = new TablePeopleDirectory(store);
        await directory.SaveAsync([Team.Chair], []);
        store.AfterNextQuery = () => directory.SaveAsync([Team.Coordinator], []);

        await directory.FindAsync(Team.Chair.Id);

        Assert.Equal(Team.Coordinator.Id, (await directory.FindAsync(Team.Coordinator.Id))?.Id);
    }
}
