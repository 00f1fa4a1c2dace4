namespace MappaFlows.Web.Tests;
