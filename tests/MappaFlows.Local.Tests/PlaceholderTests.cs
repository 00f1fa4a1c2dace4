namespace MappaFlows.Local.Tests;
