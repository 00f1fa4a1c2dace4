namespace MappaFlows.Core.Tests;
