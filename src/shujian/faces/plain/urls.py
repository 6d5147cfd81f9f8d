"""Addresses of the plain pages."""

from __future__ import annotations

from django.urls import path

from shujian.faces.plain import (
    audit_views,
    campaign_views,
    clue_views,
    desk_views,
    door_views,
    home_views,
    judge_views,
    lake_views,
    model_views,
    precision_views,
    run_views,
    search_views,
    triage_views,
)

urlpatterns = [
    path("", home_views.home, name="home"),
    path("login/", door_views.login, name="login"),
    path("logout/", door_views.logout, name="logout"),
    path("password/", door_views.password, name="password"),
    path("clues/", clue_views.clue_list, name="clues"),
    path("clues/bulk/", triage_views.bulk, name="clue_bulk"),
    path("clues/identity/", triage_views.identity, name="identity"),
    path("clues/second-look/", triage_views.second_look, name="second_look"),
    path("clues/new/", triage_views.clue_new, name="clue_new"),
    path("clues/<str:number>/", clue_views.clue_page, name="clue"),
    path("clues/<str:number>/print/", clue_views.clue_print, name="clue_print"),
    path("clues/<str:number>/move/<slug:verb>/", clue_views.clue_move, name="clue_move"),
    path("clues/<str:number>/judge/", judge_views.clue_judge, name="clue_judge"),
    path("clues/<str:number>/judge/undo/", judge_views.clue_judge_undo, name="clue_judge_undo"),
    path("clues/<str:number>/desk/<slug:act>/", desk_views.clue_desk, name="clue_desk"),
    path("clues/<str:number>/files/", desk_views.clue_file, name="clue_file"),
    path("clues/<str:number>/files/<str:file>/", desk_views.clue_paper, name="clue_paper"),
    path("clues/<str:number>/unmask/", clue_views.clue_unmask, name="clue_unmask"),
    path("campaigns/", campaign_views.campaign_list, name="campaigns"),
    path("campaigns/<str:number>/", campaign_views.campaign_page, name="campaign"),
    path("campaigns/<str:number>/report/", campaign_views.campaign_report, name="campaign_report"),
    path("precision/", precision_views.precision_list, name="precision"),
    path("precision/<slug:model>/", precision_views.precision_page, name="precision_model"),
    path("runs/", run_views.run_page, name="runs"),
    path("runs/<slug:act>/", run_views.run_act, name="run_act"),
    path("models/", model_views.model_list, name="models"),
    path("models/<slug:model>/", model_views.model_page, name="model"),
    path("lake/", lake_views.lake_list, name="lake"),
    path("lake/datasets/<slug:dataset>/", lake_views.dataset_page, name="dataset"),
    path("lake/search/", search_views.search, name="search"),
    path("lake/search/person/", search_views.search_person, name="search_person"),
    path("lake/rows/<slug:dataset>/<slug:row>/", search_views.lake_row, name="lake_row"),
    path("audit/", audit_views.audit_list, name="audit"),
]
