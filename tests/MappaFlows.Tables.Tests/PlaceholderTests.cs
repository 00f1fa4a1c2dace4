namespace MappaFlows.Tables.Tests;
