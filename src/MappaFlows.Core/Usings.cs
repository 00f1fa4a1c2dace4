// So that a type can move to another folder without a change in the files that use it.
global using MappaFlows.Core.Access;
global using MappaFlows.Core.Administration;
global using MappaFlows.Core.Areas;
global using MappaFlows.Core.Calendars;
global using MappaFlows.Core.Cases;
global using MappaFlows.Core.Disclosures;
global using MappaFlows.Core.Eligibility;
global using MappaFlows.Core.Exits;
global using MappaFlows.Core.Level1Reviews;
global using MappaFlows.Core.Meetings;
global using MappaFlows.Core.Notification;
global using MappaFlows.Core.Policy;
global using MappaFlows.Core.Referrals;
global using MappaFlows.Core.Screening;
global using MappaFlows.Core.Streams;
global using MappaFlows.Core.Texts;
