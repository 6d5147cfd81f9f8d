"""Addresses of the plain pages."""

from __future__ import annotations

from django.urls import path

from shujian.faces.plain import (
    audit_views,
    clue_views,
    door_views,
    duty_views,
    home_views,
    judge_views,
    lake_views,
    model_views,
    people_views,
    search_views,
    why_views,
)

urlpatterns = [
    path("", home_views.home, name="home"),
    path("login/", door_views.login, name="login"),
    path("login/second/", door_views.login_second, name="login_second"),
    path("factor/", door_views.factor, name="factor"),
    path("logout/", door_views.logout, name="logout"),
    path("password/", door_views.password, name="password"),
    path("clues/", clue_views.clue_list, name="clues"),
    path("clues/<str:number>/", clue_views.clue_page, name="clue"),
    path("clues/<str:number>/print/", clue_views.clue_print, name="clue_print"),
    path("clues/<str:number>/move/<slug:verb>/", clue_views.clue_move, name="clue_move"),
    path("clues/<str:number>/judge/", judge_views.clue_judge, name="clue_judge"),
    path("clues/<str:number>/judge/undo/", judge_views.clue_judge_undo, name="clue_judge_undo"),
    path("clues/<str:number>/unmask/", clue_views.clue_unmask, name="clue_unmask"),
    path("models/", model_views.model_list, name="models"),
    path("models/<slug:model>/", model_views.model_page, name="model"),
    path("lake/", lake_views.lake_list, name="lake"),
    path("lake/datasets/<slug:dataset>/", lake_views.dataset_page, name="dataset"),
    path("lake/search/", search_views.search, name="search"),
    path("lake/search/person/", search_views.search_person, name="search_person"),
    path("lake/rows/<slug:dataset>/<slug:row>/", search_views.lake_row, name="lake_row"),
    path("people/", people_views.people, name="people"),
    path("people/new/", people_views.people_new, name="people_new"),
    path("people/sign-ins/", people_views.people_sign_ins, name="people_sign_ins"),
    path("people/requests/<int:number>/", people_views.people_decide, name="people_decide"),
    path("people/of/<str:username>/", people_views.people_one, name="people_one"),
    path("people/of/<str:username>/roles/", people_views.people_roles, name="people_roles"),
    path("people/of/<str:username>/switch/", people_views.people_switch, name="people_switch"),
    path("people/of/<str:username>/noted/", people_views.people_noted, name="people_noted"),
    path("people/of/<str:username>/reset/", people_views.people_reset, name="people_reset"),
    path("duty/", duty_views.duty, name="duty"),
    path("duty/absence/", duty_views.duty_absence, name="duty_absence"),
    path("duty/absence/<int:number>/end/", duty_views.duty_absence_end, name="duty_absence_end"),
    path("duty/recusal/", duty_views.duty_recusal, name="duty_recusal"),
    path("duty/recusal/<int:number>/lift/", duty_views.duty_recusal_lift, name="duty_recusal_lift"),
    path("why/", why_views.why, name="why"),
    path("audit/", audit_views.audit_list, name="audit"),
]
