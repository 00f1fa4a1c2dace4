namespace MappaFlows.Workflows.Tests;
