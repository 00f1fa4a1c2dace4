namespace MappaFlows.Durable.Tests;
